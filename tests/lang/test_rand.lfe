;; Erlang's rand, as used at the prompt: the same numbers as Erlang's for a seed.

;;; exsss gives Erlang's numbers
(element 2 (rand:seed 'exsss 42))
;=> (132629853624823445 . 67522330609774851)
(lists:map (lambda (_) (rand:uniform)) '(1 2 3))
;=> (0.3672301478324621 0.899364294071664 0.008882807305278462)
(lists:map (lambda (_) (rand:uniform 10)) (lists:seq 1 9))
;=> (8 1 8 2 4 2 1 10 6)
(rand:uniform 1000000000000000000000000)
;=> 932499863464381849478084
(rand:bytes 9)
;=> #B(112 237 58 64 219 28 66 239 200)
(rand:export_seed)
;=> #(exsss (19602376003872556 . 263705272520394913))
(element 2 (rand:jump (rand:seed_s 'exsss 42)))
;=> (191001638507602019 . 34679036167824359)
(element 2 (rand:seed 'exsss #(1 2 3)))
;=> (117085240290607817 . 199386643319833935)
(element 1 (rand:uniform_s 10 (rand:seed_s 'exsss 1)))
;=> 2

;;; exsp gives Erlang's numbers
(element 2 (rand:seed 'exsp 42))
;=> (132629853624823445 . 67522330609774851)
(lists:map (lambda (_) (rand:uniform)) '(1 2 3))
;=> (0.0069907282017194206 0.8456437928995445 0.9440810551313666)
(lists:map (lambda (_) (rand:uniform 10)) (lists:seq 1 9))
;=> (7 10 2 5 8 4 4 2 6)

;;; The normal distribution is Erlang's, its tail too
(element 2 (rand:seed 'exsss 42))
;=> (132629853624823445 . 67522330609774851)
(lists:map (lambda (_) (rand:normal)) '(1 2 3 4 5))
;=> (0.5838885427196223 -1.900974752165648 0.014869316048572745
;=>  1.9555824436144111 -1.8082509566466465)
(lists:foldl (lambda (_ a) (+ a (rand:normal))) 0 (lists:seq 1 2000))
;=> 48.6406463877034
(rand:normal 10 2)
;=> 9.624840008756141
(lists:map (lambda (_) (rand:uniform_real)) '(1 2 3))
;=> (0.7558211298397688 0.6420313658504767 0.14597851690841082)

;;; A wrong algorithm, seed or range is an error
(rand:seed 'foo 1)
;=> ** exception error: no function clause matching
;=>   in (rand : mk_alg foo)
(rand:seed 'exsss 'a)
;=> ** exception error: no function clause matching
;=>   in (rand : exsss_seed a)
