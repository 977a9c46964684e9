;; Erlang's orddict, as used at the prompt.

;;; Orddict is a sorted list of pairs
(orddict:from_list '(#(b 2) #(a 1)))
;=> (#(a 1) #(b 2))
(orddict:store 'c 3 '(#(a 1)))
;=> (#(a 1) #(c 3))
(orddict:fetch 'a '(#(a 1)))
;=> 1
(orddict:find 'z '(#(a 1)))
;=> error
(orddict:update_counter 'a 5 '(#(a 1)))
;=> (#(a 6))
(orddict:merge (lambda (k x y) (+ x y)) '(#(a 1)) '(#(a 2) #(b 3)))
;=> (#(a 3) #(b 3))
(orddict:filter (lambda (k v) (> v 1)) '(#(a 1) #(b 2)))
;=> (#(b 2))
(orddict:fetch 'z '(#(a 1)))
;=> ** exception error: no function clause matching
;=>   in (orddict : fetch z ())
