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

;;; Questions about a queue
(queue:is_queue (queue:new))
;=> true
(queue:is_queue '(1))
;=> false
(queue:is_empty (queue:new))
;=> true
(queue:is_empty (queue:from_list '(1)))
;=> false
(queue:all (lambda (x) (> x 0)) (queue:from_list '(1 2 3)))
;=> true
(queue:any (lambda (x) (> x 2)) (queue:from_list '(1 2 3)))
;=> true
(queue:fold #'+/2 0 (queue:from_list '(1 2 3)))
;=> 6

;;; The other end of a queue
(queue:get_r (queue:from_list '(1 2 3)))
;=> 3
(queue:get_r (queue:from_list '(1)))
;=> 1
(queue:peek_r (queue:from_list '(1 2 3)))
;=> #(value 3)
(queue:peek_r (queue:new))
;=> empty
(queue:drop (queue:from_list '(1 2 3)))
;=> #((3) (2))
(queue:drop_r (queue:from_list '(1 2 3)))
;=> #((2) (1))
(queue:drop (queue:new))
;=> ** exception error: empty
;=>   in (queue : drop #(() ()))
(queue:drop_r (queue:new))
;=> ** exception error: empty
;=>   in (queue : drop_r #(() ()))
(queue:get_r (queue:new))
;=> ** exception error: empty
;=>   in (queue : get_r #(() ()))

;;; Parts of a queue
(queue:to_list (queue:filtermap (lambda (x) (if (> x 1) (tuple 'true (* 10 x)) 'false)) (queue:from_list '(1 2 3))))
;=> (20 30)
(queue:to_list (queue:delete 2 (queue:from_list '(1 2 3 2))))
;=> (1 3 2)
(queue:to_list (queue:delete_r 2 (queue:from_list '(1 2 3 2))))
;=> (1 2 3)
(queue:to_list (queue:delete 9 (queue:from_list '(1 2))))
;=> (1 2)
(queue:to_list (queue:delete_with (lambda (x) (> x 1)) (queue:from_list '(1 2 3))))
;=> (1 3)
(queue:to_list (queue:delete_with_r (lambda (x) (> x 1)) (queue:from_list '(1 2 3))))
;=> (1 2)
(queue:split 0 (queue:from_list '(1 2)))
;=> #(#(() ()) #((2) (1)))
(queue:split 2 (queue:from_list '(1 2)))
;=> #(#((2) (1)) #(() ()))
(queue:split 3 (queue:from_list '(1 2)))
;=> ** exception error: bad argument
;=>   in (queue : split 3 #((2) (1)))

;;; Names of Okasaki's
(queue:to_list (queue:cons 0 (queue:from_list '(1 2))))
;=> (0 1 2)
(queue:to_list (queue:snoc (queue:from_list '(1 2)) 3))
;=> (1 2 3)
(queue:head (queue:from_list '(1 2 3)))
;=> 1
(queue:to_list (queue:tail (queue:from_list '(1 2 3))))
;=> (2 3)
(queue:last (queue:from_list '(1 2 3)))
;=> 3
(queue:daeh (queue:from_list '(1 2 3)))
;=> 3
(queue:to_list (queue:init (queue:from_list '(1 2 3))))
;=> (1 2)
(queue:to_list (queue:liat (queue:from_list '(1 2 3))))
;=> (1 2)
(queue:to_list (queue:lait (queue:from_list '(1 2 3))))
;=> (1 2)
