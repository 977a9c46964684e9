;; Erlang's dict, as used at the prompt.

;;; Dict keeps values by key in a table that is shown raw
(set d (dict:from_list '(#(a 1) #(b 2))))
;=> #(dict 2 16 16 8 80 48
;=>   #(() () () () () () () () () () () () () () () ())
;=>   #(#(() ((a . 1)) ((b . 2)) () () () () () () () () () () () () ())))
(dict:fetch 'a d)
;=> 1
(dict:find 'z d)
;=> error
(lists:sort (dict:to_list (dict:store 'c 3 d)))
;=> (#(a 1) #(b 2) #(c 3))
(dict:size (dict:erase 'a d))
;=> 1
(dict:is_key 'a d)
;=> true
(lists:sort (dict:fetch_keys d))
;=> (a b)
(dict:fold (lambda (k v acc) (+ v acc)) 0 d)
;=> 3
(dict:to_list (dict:update 'a (lambda (v) (* v 10)) (dict:from_list '(#(a 1)))))
;=> (#(a 10))
(dict:to_list (dict:update_counter 'a 5 (dict:from_list '(#(a 1)))))
;=> (#(a 6))
(dict:to_list (dict:append 'a 3 (dict:from_list '(#(a (1))))))
;=> (#(a (1 3)))
(dict:fetch 'z d)
;=> ** exception error: bad argument
;=>   in (dict : fetch z #(dict 2 16 16 8 80 48 #(() ...) #(...)))
(dict:fetch 'a 5)
;=> ** exception error: #(badrecord 5)
