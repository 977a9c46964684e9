;; Erlang's uri_string, as used at the prompt.

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
