;; Erlang's filelib, as used at the prompt.

;;; Files are found by pattern
(lists:foreach (lambda (n) (filelib:ensure_dir n) (file:write_file n "x")) '("a.txt" "b.txt" "d/c.txt" "d/e/f.md"))
;=> ok
(filelib:wildcard "*.txt")
;=> ("a.txt" "b.txt")
(filelib:wildcard "*")
;=> ("a.txt" "b.txt" "d")
(filelib:wildcard "**/*.txt")
;=> ("a.txt" "b.txt" "d/c.txt")
(filelib:wildcard "{a,b}.*")
;=> ("a.txt" "b.txt")
(filelib:wildcard "[a-b]*")
;=> ("a.txt" "b.txt")
(filelib:wildcard "*" "d")
;=> ("c.txt" "e")
(filelib:fold_files "." "\\.txt$" 'true (lambda (f acc) (+ acc 1)) 0)
;=> 3
(filelib:is_file "a.txt")
;=> true
(filelib:is_dir "d")
;=> true
(filelib:is_regular "d")
;=> false
(filelib:file_size "a.txt")
;=> 1
(filelib:last_modified "nope")
;=> 0
(filelib:safe_relative_path "../b" ".")
;=> unsafe
