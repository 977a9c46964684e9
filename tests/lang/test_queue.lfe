;; Erlang's queue, as used at the prompt.

;;; Queue takes in at one end and out at the other
(set q (queue:from_list '(1 2 3)))
;=> #((3 2) (1))
(queue:in 4 q)
;=> #((4 3 2) (1))
(queue:out q)
;=> #(#(value 1) #((3) (2)))
(queue:out_r q)
;=> #(#(value 3) #((2) (1)))
(queue:to_list (queue:in_r 0 q))
;=> (0 1 2 3)
(queue:get q)
;=> 1
(queue:peek (queue:new))
;=> empty
(queue:len q)
;=> 3
(queue:member 2 q)
;=> true
(queue:to_list (queue:reverse q))
;=> (3 2 1)
(queue:to_list (queue:join q q))
;=> (1 2 3 1 2 3)
(queue:split 1 q)
;=> #(#((1) ()) #((3) (2)))
(queue:filter (lambda (x) (> x 1)) q)
;=> #((3) (2))
(queue:get (queue:new))
;=> ** exception error: empty
;=>   in (queue : get #(() ()))
(queue:in 1 5)
;=> ** exception error: bad argument
;=>   in (queue : in 1 5)
