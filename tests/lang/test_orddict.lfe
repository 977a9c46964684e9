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

;;; All of the ordered dictionaries
(orddict:new)
;=> ()
(orddict:to_list '(#(a 1)))
;=> (#(a 1))
(orddict:size '(#(a 1)))
;=> 1
(orddict:is_empty ())
;=> true
(orddict:is_key 'a '(#(a 1)))
;=> true
(orddict:fetch_keys '(#(a 1) #(b 2)))
;=> (a b)
(orddict:erase 'a '(#(a 1) #(b 2)))
;=> (#(b 2))
(orddict:take 'a '(#(a 1) #(b 2)))
;=> #(1 (#(b 2)))
(orddict:take 'c '(#(a 1) #(b 2)))
;=> error
(orddict:append 'a 2 '(#(a (1))))
;=> (#(a (1 2)))
(orddict:append_list 'b '(2 3) '(#(a (1))))
;=> (#(a (1)) #(b (2 3)))
(orddict:update 'a (lambda (x) (+ x 1)) '(#(a 1)))
;=> (#(a 2))
(orddict:update 'b (lambda (x) (+ x 1)) '(#(a 1)))
;=> ** exception error: no function clause matching
;=>   in (orddict : update b #Fun<> ())
(orddict:update 'b (lambda (x) (+ x 1)) 7 '(#(a 1)))
;=> (#(a 1) #(b 7))
(orddict:fold (lambda (k v acc) (+ v acc)) 0 '(#(a 1) #(b 2)))
;=> 3
(orddict:map (lambda (k v) (tuple k v)) '(#(a 1)))
;=> (#(a #(a 1)))
