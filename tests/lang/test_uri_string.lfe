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

;;; References resolved, quoted and put together
(uri_string:recompose #M(scheme "http" host "a" path "/b" query "c" fragment "d"))
;=> "http://a/b?c#d"
(uri_string:resolve "../c" "http://a/b/x/y")
;=> "http://a/b/c"
(uri_string:resolve "c" "http://a/b" '(return_map))
;=> #M(host "a" path "/c" scheme "http")
(uri_string:normalize "HTTP://A/%7eb/./c/../d")
;=> "http://a/~b/d"
(uri_string:normalize #M(scheme "http" host "A" path "/a/../b"))
;=> "http://a/b"
(uri_string:percent_decode "a%20b")
;=> "a b"
(uri_string:compose_query '(#("a" "b c") #("d" "é")))
;=> "a=b+c&d=%C3%A9"
(uri_string:compose_query '(#("a" "1") #("b" true)))
;=> "a=1&b"
(uri_string:dissect_query "a=1&b")
;=> (#("a" "1") #("b" true))
(uri_string:parse "http://u@h:80/p?q#f")
;=> #M(fragment "f" host "h" path "/p" port 80 query "q" scheme "http"
;=>    userinfo "u")
(uri_string:parse #"http://h")
;=> #M(host #"h" path #"" scheme #"http")
(uri_string:quote "a b/ü")
;=> "a%20b%2F%C3%BC"
(uri_string:unquote "a%2Fb")
;=> "a/b"
