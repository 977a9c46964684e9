;; Erlang's file, as used at the prompt.

;;; A whole file is written and read
(file:write_file "a.txt" "hello\nworld\n")
;=> ok
(file:read_file "a.txt")
;=> #(ok #"hello\nworld\n")
(file:write_file "a.txt" '("x" #"y" (65 66)) '(append))
;=> ok
(file:read_file #"a.txt")
;=> #(ok #"hello\nworld\nxyAB")
(file:write_file 'b "by an atom's name")
;=> ok
(file:read_file "b")
;=> #(ok #"by an atom's name")
(file:copy "a.txt" "c.txt")
;=> #(ok 16)
(file:copy "a.txt" "c.txt" 3)
;=> #(ok 3)
(file:rename "c.txt" "d.txt")
;=> ok
(file:delete "d.txt")
;=> ok

;;; What the system refuses is an error tuple
(file:read_file "nope")
;=> #(error enoent)
(file:read_file ".")
;=> #(error eisdir)
(file:write_file "no/such/x" "a")
;=> #(error enoent)
(file:write_file "a" "λ")
;=> #(error badarg)
(file:write_file 5 "a")
;=> #(error badarg)
(file:delete "nope")
;=> #(error enoent)
(file:rename "nope" "x")
;=> #(error enoent)
(file:make_dir "d2/d3")
;=> #(error enoent)
(file:list_dir "nope")
;=> #(error enoent)
(file:open "nope" '(read))
;=> #(error enoent)
(file:read_file_info "nope")
;=> #(error enoent)
(file:set_cwd "nope")
;=> #(error enoent)
(file:format_error 'enoent)
;=> "no such file or directory"

;;; Directories are made, listed and deleted
(file:make_dir "sub")
;=> ok
(file:make_dir "sub")
;=> #(error eexist)
(file:write_file "sub/x.txt" "x")
;=> ok
(file:list_dir "sub")
;=> #(ok ("x.txt"))
(file:del_dir "sub")
;=> #(error eexist)
(file:del_dir_r "sub")
;=> ok
(file:del_dir "sub")
;=> #(error enoent)

;;; An open file is read by bytes and lines from its place
(file:write_file "t.txt" "a b\r\nc\n\nlast")
;=> ok
(progn (set (tuple 'ok fd) (file:open "t.txt" '(read))) 'open)
;=> open
(is_pid fd)
;=> true
(file:read_line fd)
;=> #(ok "a b\n")
(file:read_line fd)
;=> #(ok "c\n")
(file:read fd 100)
;=> #(ok "\nlast")
(file:read fd 1)
;=> eof
(file:position fd 0)
;=> #(ok 0)
(file:read fd 2)
;=> #(ok "a ")
(file:position fd #(cur 2))
;=> #(ok 4)
(file:pread fd 0 3)
;=> #(ok "a b")
(file:write fd "x")
;=> #(error ebadf)
(file:close fd)
;=> ok
(file:read fd 1)
;=> #(error terminated)

;;; An open file takes formatted text
(progn (set (tuple 'ok fd) (file:open "w.txt" '(write #(encoding utf8)))) 'open)
;=> open
(io:format fd "~p λ~n" '((a b)))
;=> ok
(io:put_chars fd "x")
;=> ok
(file:close fd)
;=> ok
(file:read_file "w.txt")
;=> #(ok #"[a,b] λ\nx")
(io:nl fd)
;=> ** exception error: terminated
;=>   in (io : nl #Pid<>)

;;; A file of text is read by io
(file:write_file "t" "a b 12\n{x, 1}.\nrest")
;=> ok
(progn (set (tuple 'ok fd) (file:open "t" '(read))) 'open)
;=> open
(io:fread fd "" "~s ~s ~d")
;=> #(ok ("a" "b" 12))
(io:read fd "")
;=> #(ok #(x 1))
(io:get_line fd "")
;=> "rest"
(io:get_line fd "")
;=> eof

;;; A file of terms is read
(file:write_file "t.config" "{a, 1}. % comment\n[b, \"c\", $d, 1.5, -3, 'Q x', #{k => v}, <<1,2,\"ab\">>, {}, [1|2], 16#ff].\n")
;=> ok
(file:consult "t.config")
;=> #(ok (#(a 1) (b "c" 100 1.5 -3 |Q x| #M(k v) #B(1 2 97 98) #() (1 . 2) 255)))
(file:write_file "bad.config" "{a, 1}\n{b, 2}.\n")
;=> ok
(file:consult "bad.config")
;=> #(error #(2 erl_parse ("syntax error before: " "'{'")))
(file:write_file "bad.config" "{a, X}.\n")
;=> ok
(file:consult "bad.config")
;=> #(error #(1 erl_parse "bad term"))
(file:write_file "bad.config" "a. b")
;=> ok
(file:consult "bad.config")
;=> #(error #(1 erl_parse ("syntax error before: " ())))
(file:consult "missing.config")
;=> #(error enoent)

;;; What is known of a file is told, and changed
(file:write_file "a.txt" "more")
;=> ok
(element 2 (element 2 (file:read_file_info "a.txt")))
;=> 4
(element 3 (element 2 (file:read_file_info ".")))
;=> directory
(file:change_mode "a.txt" #o600)
;=> ok
(element 8 (element 2 (file:read_file_info "a.txt")))
;=> 33152
(file:change_time "a.txt" #(#(2020 1 2) #(3 4 5)))
;=> ok
(element 6 (element 2 (file:read_file_info "a.txt")))
;=> #(#(2020 1 2) #(3 4 5))
(file:make_symlink "a.txt" "s.txt")
;=> ok
(file:read_link "s.txt")
;=> #(ok "a.txt")
(file:read_link "a.txt")
;=> #(error einval)

;;; Files written at places, cut and removed
(file:write_file "t" "abcdef")
;=> ok
(let (((tuple 'ok io) (file:open "t" '(read write raw binary)))) (let ((a (file:pread io 1 2)) (b (file:pwrite io 0 #"X")) (c (file:sync io)) (d (file:datasync io)) (e (file:position io 3)) (f (file:truncate io))) (file:close io) (list a b c d e f)))
;=> (#(ok #"bc") ok ok ok #(ok 3) ok)
(file:read_file "t")
;=> #(ok #"Xbc")
(let (((tuple 'ok io) (file:open "t" '(read write raw binary)))) (let ((a (file:pread io '(#(0 1) #(1 1)))) (b (file:pwrite io '(#(0 #"a") #(2 #"c"))))) (file:close io) (list a b)))
;=> (#(ok (#"X" #"b")) ok)
(file:read_file "t")
;=> #(ok #"abc")
(file:delete "t")
;=> ok
(file:delete "t")
;=> #(error enoent)
(file:write_file "terms" "{a,1}.\n[b].\n")
;=> ok
(file:consult "terms")
;=> #(ok (#(a 1) (b)))
(file:consult "none")
;=> #(error enoent)
(file:make_dir "d")
;=> ok
(file:write_file "d/x" "1")
;=> ok
(file:list_dir_all "d")
;=> #(ok ("x"))
(file:del_dir "d")
;=> #(error eexist)
(file:del_dir_r "d")
;=> ok
(file:format_error 'enoent)
;=> "no such file or directory"
(lists:flatten (file:format_error 'eacces))
;=> "permission denied"
(file:native_name_encoding)
;=> utf8
(element 1 (file:get_cwd))
;=> ok
