;; Erlang's base64, as used at the prompt.

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
