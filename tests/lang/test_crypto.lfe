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

;;; Hashes in steps, keyed hashes and large numbers
(binary:encode_hex (crypto:hash_final (crypto:hash_update (crypto:hash_init 'sha256) #"abc")))
;=> #"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
(crypto:hash_equals #"ab" #"ab")
;=> true
(crypto:hash_equals #"ab" #"ac")
;=> false
(binary:encode_hex (crypto:mac 'hmac 'sha #"key" #"data"))
;=> #"104152C5BFDCA07BC633EEBD46199F0255C9F49D"
(binary:encode_hex (crypto:macN 'hmac 'sha #"key" #"data" 4))
;=> #"104152C5"
(binary:encode_hex (crypto:pbkdf2_hmac 'sha256 #"password" #"salt" 1 8))
;=> #"120FB6CFFCF8B32C"
(crypto:bytes_to_integer (crypto:mod_pow 3 4 5))
;=> 1
(crypto:bytes_to_integer #B(1 0))
;=> 256
(let ((n (crypto:rand_uniform 1 3))) (and (>= n 1) (< n 3)))
;=> true
(lists:member 'sha256 (crypto:supports 'hashs))
;=> true
