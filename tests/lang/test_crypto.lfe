;; Erlang's crypto, as used at the prompt.

;;; Hashes are as long as they are
(crypto:hash 'md5 "a")
;=> #B(12 193 117 185 192 241 182 168 49 195 153 226 105 119 38 97)
(byte_size (crypto:hash 'sha256 "a"))
;=> 32
(crypto:mac 'hmac 'sha256 #"key" #"data")
;=> #B(80 49 254 61 152 156 109 21 55 160 19 250 110 115 157 162 52 99 253 174 195 183 1 55 216 40 227 106 206 34 ...)
(byte_size (crypto:strong_rand_bytes 7))
;=> 7
(crypto:exor #B(1 2) #B(3 4))
;=> #B(2 6)
