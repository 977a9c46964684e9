;; Erlang's filename, as used at the prompt.

;;; Names are joined and taken apart as text
(filename:basename "/a/b/c.txt")
;=> "c.txt"
(filename:basename "c.txt" ".txt")
;=> "c"
(filename:dirname "/a/b/c.txt")
;=> "/a/b"
(filename:dirname "c.txt")
;=> "."
(filename:extension "a/b.tar.gz")
;=> ".gz"
(filename:extension ".bashrc")
;=> ()
(filename:rootname "a.b/c.d")
;=> "a.b/c"
(filename:rootname "a.txt" ".md")
;=> "a.txt"
(filename:join "a" "b")
;=> "a/b"
(filename:join '("a/" "/b" "c/"))
;=> "/b/c"
(filename:join #"a" "b")
;=> #"a/b"
(filename:split "/a/b//c/")
;=> ("/" "a" "b" "c")
(filename:absname "foo" "/bar")
;=> "/bar/foo"
(filename:pathtype "/a")
;=> absolute
(filename:flatten '("a" ("b" #\c) d))
;=> "abcd"
(filename:join 1 2)
;=> ** exception error: no function clause matching
;=>   in (filename : join 1 2)
(filename:basename 5)
;=> ** exception error: no function clause matching
;=>   in (filename : do_flatten 5 ())
