;; Erlang's maps, as used at the prompt.

;;; Maps are made of pairs, and a later pair wins
(maps:new)
;=> #M()
(maps:from_list '(#(a 1) #(b 2) #(a 3)))
;=> #M(a 3 b 2)
(maps:from_keys '(a b) 0)
;=> #M(a 0 b 0)
(maps:groups_from_list (lambda (x) (rem x 2)) '(1 2 3 4))
;=> #M(0 (2 4) 1 (1 3))
(maps:groups_from_list #'length/1 (lambda (x) (lists:reverse x)) '("a" "bc" "d"))
;=> #M(1 ("a" "d") 2 ("cb"))

;;; Keys are looked up, and 1 is not 1.0
(maps:get 'a #M(a 1))
;=> 1
(maps:get 'z #M(a 1) 'none)
;=> none
(maps:find 'a #M(a 1))
;=> #(ok 1)
(maps:find 'z #M(a 1))
;=> error
(maps:is_key 1 #M(1.0 a))
;=> false
(maps:size #M(a 1 b 2))
;=> 2
(maps:keys #M(b 1 a 2 1 3))
;=> (1 a b)
(maps:values #M(b 1 a 2))
;=> (2 1)
(maps:to_list #M(b 1 a 2))
;=> (#(a 2) #(b 1))

;;; A map is changed by making another
(maps:put 'a 1 #M())
;=> #M(a 1)
(maps:update 'a 2 #M(a 1))
;=> #M(a 2)
(maps:update_with 'a (lambda (x) (* x 10)) #M(a 1))
;=> #M(a 10)
(maps:update_with 'z (lambda (x) (* x 10)) 0 #M(a 1))
;=> #M(a 1 z 0)
(maps:remove 'a #M(a 1 b 2))
;=> #M(b 2)
(maps:remove 'z #M(a 1))
;=> #M(a 1)
(maps:take 'a #M(a 1 b 2))
;=> #(1 #M(b 2))
(maps:take 'z #M(a 1))
;=> error
(maps:with '(a z) #M(a 1 b 2))
;=> #M(a 1)
(maps:without '(a z) #M(a 1 b 2))
;=> #M(b 2)

;;; Maps are merged and intersected
(maps:merge #M(a 1 b 2) #M(b 3))
;=> #M(a 1 b 3)
(maps:merge_with (lambda (k x y) (list k x y)) #M(a 1 b 2) #M(b 3))
;=> #M(a 1 b (b 2 3))
(maps:intersect #M(a 1 b 2) #M(b 3))
;=> #M(b 3)
(maps:intersect_with (lambda (k x y) (+ x y)) #M(a 1 b 2) #M(b 3))
;=> #M(b 5)

;;; Functions go through a map in the order of its keys
(maps:map (lambda (k v) (tuple k v)) #M(b 1 a 2))
;=> #M(a #(a 2) b #(b 1))
(maps:filter (lambda (k v) (> v 1)) #M(b 1 a 2))
;=> #M(a 2)
(maps:filtermap (lambda (k v) (if (> v 1) (tuple 'true (* v 10)) 'false)) #M(b 1 a 2))
;=> #M(a 20)
(maps:fold (lambda (k v acc) (cons (tuple k v) acc)) () #M(b 1 a 2))
;=> (#(b 1) #(a 2))
(maps:foreach (lambda (k v) (io:format "~p=~p " (list k v))) #M(b 1 a 2))
;=> a=2 b=1 ok

;;; An iterator gives one pair after the other
(set i (maps:iterator #M(a 1 b 2)))
;=> (0 . #M(a 1 b 2))
(element 1 (maps:next i))
;=> a
(element 1 (maps:next (element 3 (maps:next i))))
;=> b
(maps:next (element 3 (maps:next (element 3 (maps:next i)))))
;=> none
(maps:to_list i)
;=> ** exception error: #(badmap (0 . #M(a 1 b 2)))
;=>   in (maps : to_list (0 . #M(a 1 b 2)))

;;; A missing key and what is no map are errors
(maps:get 'z #M(a 1))
;=> ** exception error: #(badkey z)
;=>   in (maps : get z #M(a 1))
(maps:update 'z 1 #M(a 1))
;=> ** exception error: #(badkey z)
;=>   in (maps : update z 1 #M(a 1))
(maps:update_with 'z (lambda (x) x) #M(a 1))
;=> ** exception error: #(badkey z)
;=>   in (maps : update_with z #Fun<> #M(a 1))
(maps:get 'a 5)
;=> ** exception error: #(badmap 5)
;=>   in (maps : get a 5)
(maps:put 'a 1 5)
;=> ** exception error: #(badmap 5)
;=>   in (maps : put a 1 5)
(maps:keys 5)
;=> ** exception error: #(badmap 5)
;=>   in (maps : keys 5)
(maps:map (lambda (k v) v) 5)
;=> ** exception error: #(badmap 5)
;=>   in (maps : map #Fun<> 5)
(maps:map (lambda (v) v) #M(a 1))
;=> ** exception error: bad argument
;=>   in (maps : map #Fun<> #M(a 1))
(maps:map 5 5)
;=> ** exception error: bad argument
;=>   in (maps : map 5 5)
(maps:filter (lambda (k v) 'maybe) #M(a 1))
;=> ** exception error: no case clause matching maybe
(maps:from_list '(a))
;=> ** exception error: bad argument
;=>   in (maps : from_list (a))
(maps:from_list 5)
;=> ** exception error: bad argument
;=>   in (maps : from_list 5)
(maps:merge #M() 5)
;=> ** exception error: #(badmap 5)
;=>   in (maps : merge #M() 5)
(maps:with 5 #M())
;=> ** exception error: bad argument
;=>   in (maps : with 5 #M())
(maps:next 5)
;=> ** exception error: bad argument
;=>   in (maps : next 5)
