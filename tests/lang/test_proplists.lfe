;; Erlang's proplists, as used at the prompt.

;;; A key's value is its first entry's, and an atom alone means true
(proplists:get_value 'a '(#(a 1) b #(a 2)))
;=> 1
(proplists:get_value 'b '(#(a 1) b))
;=> true
(proplists:get_value 'z '(#(a 1)))
;=> undefined
(proplists:get_value 'z '(#(a 1)) 'none)
;=> none
(proplists:get_bool 'b '(b))
;=> true
(proplists:get_bool 'a '(#(a 1)))
;=> false
(proplists:get_all_values 'a '(#(a 1) a #(a 2)))
;=> (1 true 2)
(proplists:append_values 'a '(#(a (1 2)) #(a 3)))
;=> (1 2 3)
(proplists:lookup 'b '(#(a 1) b))
;=> #(b true)
(proplists:lookup 'z '())
;=> none
(proplists:lookup_all 'a '(#(a 1) a))
;=> (#(a 1) #(a true))
(proplists:is_defined 'b '(b))
;=> true
(proplists:get_keys '(#(a 1) b #(a 2)))
;=> (a b)

;;; Lists are rewritten
(proplists:delete 'a '(#(a 1) b a))
;=> (b)
(proplists:compact '(#(a true) #(b 1)))
;=> (a #(b 1))
(proplists:unfold '(a #(b 1)))
;=> (#(a true) #(b 1))
(proplists:property 'a 'true)
;=> a
(proplists:property #(a true))
;=> a
(proplists:split '(#(a 1) b #(c 2) #(a 3)) '(a b))
;=> #(((#(a 1) #(a 3)) (b)) (#(c 2)))
(proplists:substitute_aliases '(#(colour color)) '(#(colour red)))
;=> (#(color red))
(proplists:substitute_negations '(#(no_x x)) '(no_x #(no_x false)))
;=> (#(x false) x)
(proplists:expand '(#(all (a b))) '(all c))
;=> (a b c)
(proplists:normalize '(no_x) '(#(negations (#(no_x x)))))
;=> (#(x false))
(proplists:to_map '(a #(b 1)))
;=> #M(a true b 1)
(proplists:from_map #M(a true b 1))
;=> (#(a true) #(b 1))

;;; What is no list is an error
(proplists:get_value 'a 5)
;=> ** exception error: no function clause matching
;=>   in (proplists : get_value a 5 undefined)
(proplists:compact 5)
;=> ** exception error: bad generator 5
(proplists:from_map 5)
;=> ** exception error: #(badmap 5)
;=>   in (maps : to_list 5)

;;; Keys come in the order of a set
(proplists:get_keys '(#(zeta 1) alpha #(beta 2) alpha gamma x y))
;=> (zeta alpha beta gamma x y)
