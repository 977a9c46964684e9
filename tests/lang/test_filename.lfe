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

;;; Names taken apart, joined and made whole
(filename:rootname "a/b.erl")
;=> "a/b"
(filename:rootname "a/b.erl" ".erl")
;=> "a/b"
(filename:absname "b" "/a")
;=> "/a/b"
(filename:absname_join "/a" "b")
;=> "/a/b"
(filename:absname_join "/a/" "/b")
;=> "/b"
(filename:nativename "a//b/")
;=> "a/b"
(filename:pathtype "/a")
;=> absolute
(filename:pathtype "a")
;=> relative
(filename:validate "ok")
;=> true
(filename:append "a" "b")
;=> "a/b"
(filename:join '("a" "/b" "c"))
;=> "/b/c"
(filename:basename "a/b.erl" ".erl")
;=> "b"
(filename:split "/a/b")
;=> ("/" "a" "b")
(filename:extension "a.b/c")
;=> ()
(filename:flatten '("a" b "c"))
;=> "abc"
(is_list (filename:basedir 'user_cache "app"))
;=> true
(filename:basedir 'site_data "app")
;=> ("/usr/local/share/app" "/usr/share/app")
