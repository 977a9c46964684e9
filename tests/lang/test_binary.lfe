;; Erlang's binary, unicode, base64, uri_string and crypto, as used at the prompt.

;;; Binaries are searched, split and replaced
(binary:match #"hello" #"l")
;=> #(2 1)
(binary:matches #"hello" #"l")
;=> (#(2 1) #(3 1))
(binary:match #"hello" (list #"z" #"lo"))
;=> #(3 2)
(binary:split #"a,b,c" #",")
;=> (#"a" #"b,c")
(binary:split #"a,b,c" #"," '(global))
;=> (#"a" #"b" #"c")
(binary:split #"a,b," #"," '(global trim))
;=> (#"a" #"b")
(binary:replace #"a-b-c" #"-" #"+" '(global))
;=> #"a+b+c"

;;; Binaries are cut and asked
(binary:part #"hello" 1 3)
;=> #"ell"
(binary:part #"hello" 5 -2)
;=> #"lo"
(binary:at #"abc" 1)
;=> 98
(binary:first #"abc")
;=> 97
(binary:last #"abc")
;=> 99
(binary:copy #"ab" 2)
;=> #"abab"
(binary:bin_to_list #"abc")
;=> "abc"
(binary:list_to_bin '(1 2))
;=> #B(1 2)
(binary:longest_common_prefix (list #"abc" #"abd"))
;=> 2
(binary:encode_unsigned 258)
;=> #B(1 2)
(binary:decode_unsigned #B(1 2))
;=> 258
(binary:encode_hex #"az")
;=> #"617A"
(binary:decode_hex #"617A")
;=> #"az"

;;; What does not fit is an error
(binary:at #"abc" 9)
;=> ** exception error: bad argument
;=>   in (binary : at #"abc" 9)
(binary:part #"abc" 2 5)
;=> ** exception error: bad argument
;=>   in (binary : part #"abc" 2 5)
(binary:match "abc" #"a")
;=> ** exception error: bad argument
;=>   in (binary : match "abc" #"a")
(binary:first #"")
;=> ** exception error: bad argument
;=>   in (binary : first #"")

;;; Text is encoded, and what is wrong is told with what was right
(unicode:characters_to_binary "héλ")
;=> #"héλ"
(unicode:characters_to_list #"héλ")
;=> "héλ"
(unicode:characters_to_binary '("a" #"b" 955))
;=> #"abλ"
(unicode:characters_to_binary "é" 'unicode 'latin1)
;=> #B(233)
(unicode:characters_to_binary "a" 'utf8 'utf16)
;=> #B(0 97)
(unicode:characters_to_list #B(97 255))
;=> #(error "a" #B(255))
(unicode:characters_to_list #B(97 195))
;=> #(incomplete "a" #B(195))
(unicode:characters_to_nfc_list '(101 769))
;=> "é"
(unicode:characters_to_nfd_binary "é")
;=> #"é"
(unicode:bom_to_encoding #B(239 187 191))
;=> #(utf8 3)
(unicode:characters_to_list 5)
;=> ** exception error: bad argument
;=>   in (unicode : characters_to_list 5)

;;; Base64 goes both ways
(base64:encode "hello")
;=> #"aGVsbG8="
(base64:encode_to_string #"hello")
;=> "aGVsbG8="
(base64:decode "aGVsbG8=")
;=> #"hello"
(base64:decode_to_string #"aGVsbG8=")
;=> "hello"
(base64:mime_decode "aGVs bG8=")
;=> #"hello"
(base64:decode "a")
;=> ** exception error: no function clause matching
;=>   in (base64 : decode_list () #"" 26)

;;; Addresses are taken apart and put together
(uri_string:parse "http://user@a.b:80/c/d?e=f#g")
;=> #M(fragment "g" host "a.b" path "/c/d" port 80 query "e=f"
;=>    scheme "http" userinfo "user")
(uri_string:recompose (map 'scheme "http" 'host "a" 'path "/b"))
;=> "http://a/b"
(uri_string:compose_query '(#("a" "b c") #("d" "é")))
;=> "a=b+c&d=%C3%A9"
(uri_string:dissect_query "a=b+c&d=%C3%A9")
;=> (#("a" "b c") #("d" "é"))
(uri_string:normalize "http://a.b/c/../d")
;=> "http://a.b/d"
(uri_string:quote "a b/c")
;=> "a%20b%2Fc"
(uri_string:unquote "a%20b")
;=> "a b"

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
