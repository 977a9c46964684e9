;; Erlang's zlib, json, base64, unicode, binary, uri_string and crypto, as used at the prompt.

;;; zlib compresses and uncompresses
(zlib:compress "hello")
;=> #B(120 156 203 72 205 201 201 7 0 6 44 2 21)
(zlib:uncompress (zlib:compress "hello"))
;=> #"hello"
(zlib:zip "hello")
;=> #B(203 72 205 201 201 7 0)
(zlib:gunzip (zlib:gzip '("a" #"b" (99))))
;=> #"abc"
(progn (set z (zlib:open)) (zlib:deflateInit z) (set d (zlib:deflate z "hello" 'finish)) (zlib:deflateEnd z) (zlib:close z))
;=> ok
(list_to_binary d)
;=> #B(120 156 203 72 205 201 201 7 0 6 44 2 21)
(progn (set z (zlib:open)) (zlib:inflateInit z) (set e (zlib:inflate z d)) (zlib:inflateEnd z) (zlib:close z))
;=> ok
(list_to_binary e)
;=> #"hello"
(zlib:uncompress "foo")
;=> ** exception error: data_error

;;; json encodes what has a counterpart
(json:encode #M(a 1 #"b" (1 2.5 #"x" true null)))
;=> #"{\"a\":1,\"b\":[1,2.5,\"x\",true,null]}"
(json:encode #"hé\"\n")
;=> #"\"hé\\\"\\n\""
(json:encode #(a))
;=> ** exception error: #(unsupported_type #(a))
(json:encode #M(a #(1 2)) (lambda (v e) (if (is_tuple v) (json:encode (tuple_to_list v) e) (json:encode_value v e))))
;=> #"{\"a\":[1,2]}"

;;; json decodes, and says which byte is wrong
(json:decode #"{\"a\": [1, 2.5, \"x\", true, null, {}], \"b\": 1e3}")
;=> #M(#"a" (1 2.5 #"x" true null #M()) #"b" 1.0e3)
(json:decode #"\"\\u00e9\\n\"")
;=> #"é\n"
(json:decode #"[1,")
;=> ** exception error: unexpected_end
(json:decode #"[1 2]")
;=> ** exception error: #(invalid_byte 50)
(json:decode #"1 x")
;=> ** exception error: #(invalid_byte 120)
(json:decode #"[1,2] rest" 'acc #M())
;=> #((1 2) acc #"rest")

;;; Text is encoded and decoded
(base64:encode "hello")
;=> #"aGVsbG8="
(base64:decode #"aGVsbG8=")
;=> #"hello"
(unicode:characters_to_binary "héλ")
;=> #"héλ"
(unicode:characters_to_list #"héλ")
;=> "héλ"
(unicode:characters_to_list #B(255))
;=> #(error () #B(255))
(unicode:characters_to_nfd_list "é")
;=> "é"
(unicode:characters_to_binary 5)
;=> ** exception error: bad argument
;=>   in (unicode : characters_to_binary 5)
(binary:split #"a,b,c" #"," '(global))
;=> (#"a" #"b" #"c")
(binary:replace #"a-b" #"-" #"+")
;=> #"a+b"
(binary:match #"hello" #"l")
;=> #(2 1)
(uri_string:parse "http://a.b:80/c?d=e#f")
;=> #M(fragment "f" host "a.b" path "/c" port 80 query "d=e"
;=>    scheme "http")
(crypto:hash 'md5 "a")
;=> #B(12 193 117 185 192 241 182 168 49 195 153 226 105 119 38 97)
