;; Two sessions that talk: `xrepl docs/examples/chat.lfe`.
;; A line goes into the other session's inbox, by evaluating a form there.  Inboxes are state like any other: they
;; survive a kill.  The same can be typed in two terminals, `xrepl -s ann` and `xrepl -s bob`.

(defun open-inbox (name)
  (new-session name)
  (xrepl-session:eval name '(set inbox ())))

(defun say (from to text)
  (case (xrepl-session:eval to `(set inbox (cons (tuple ,from ,text) inbox)))
    (`#(ok ,_) 'delivered)
    (`#(error ,reason) (tuple 'not-delivered reason))))

(defun read-inbox (inbox)
  (lists:foreach
    (match-lambda (((tuple from text)) (io:format "~s: ~s~n" (list from text))))
    (lists:reverse inbox)))

(open-inbox "ann")
(open-inbox "bob")

(switch-session "ann")
(say "ann" "bob" "is the sieve done?")
(say "ann" "bob" "and who is in Lima?")

(switch-session "bob")
(read-inbox inbox)
(say "bob" "ann" "done; nobody")
(say "bob" "carol" "are you there?")

(switch-session "ann")
(read-inbox inbox)
