;; Erlang's json, as used at the prompt.

;;; A value is encoded when it has a counterpart
(json:encode #M(a 1 #"b" (1 2.5 #"x" true null)))
;=> #"{\"a\":1,\"b\":[1,2.5,\"x\",true,null]}"
(json:encode #"hé\"\n")
;=> #"\"hé\\\"\\n\""
(json:encode #(a))
;=> ** exception error: #(unsupported_type #(a))
(json:encode #M(a #(1 2)) (lambda (v e) (if (is_tuple v) (json:encode (tuple_to_list v) e) (json:encode_value v e))))
;=> #"{\"a\":[1,2]}"

;;; A text is decoded, and a wrong byte is told
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
