;; Functions of erlang that are called by their module's name more often than not.

;;; Booleans and bits as functions
(erlang:and 'true 'false)
;=> false
(erlang:or 'true 'false)
;=> true
(erlang:xor 'true 'true)
;=> false
(erlang:not 'true)
;=> false
(erlang:and 1 'true)
;=> ** exception error: bad argument
;=>   in (erlang : and 1 true)
(erlang:band 6 3)
;=> 2
(erlang:bor 6 3)
;=> 7
(erlang:bxor 6 3)
;=> 5
(erlang:+ 1)
;=> 1
(erlang:/= 1 1.0)
;=> false
(erlang:=/= 1 1.0)
;=> true

;;; Numbers to text and back
(round 2.5)
;=> 3
(round -2.5)
;=> -3
(trunc -2.7)
;=> -2
(float 3)
;=> 3.0
(integer_to_binary 255)
;=> #"255"
(integer_to_binary 255 16)
;=> #"FF"
(integer_to_list -255 2)
;=> "-11111111"
(list_to_integer "ff" 16)
;=> 255
(binary_to_integer #"ff" 16)
;=> 255
(binary_to_integer #"x")
;=> ** exception error: bad argument
;=>   in (erlang : binary_to_integer #"x")
(binary_to_float #"1.5")
;=> 1.5
(binary_to_float #"1")
;=> ** exception error: bad argument
;=>   in (erlang : binary_to_float #"1")
(float_to_list 1.5)
;=> "1.50000000000000000000e+00"
(float_to_list 1.5 '(#(decimals 3)))
;=> "1.500"
(float_to_list 1.5 '(#(decimals 4) compact))
;=> "1.5"
(float_to_binary 0.1 '(#(scientific 2)))
;=> #"1.00e-01"
(float_to_binary 1.5)
;=> #"1.50000000000000000000e+00"

;;; Atoms to text and back
(atom_to_binary 'ab)
;=> #"ab"
(atom_to_binary 'ab 'latin1)
;=> #"ab"
(binary_to_atom #"ab")
;=> ab
(binary_to_atom #"ab" 'utf8)
;=> ab
(binary_to_existing_atom #"true")
;=> true
(binary_to_existing_atom #"true" 'utf8)
;=> true
(list_to_existing_atom "true")
;=> true
(binary_to_existing_atom #"never-ever-seen-name")
;=> ** exception error: bad argument
;=>   in (erlang : binary_to_existing_atom #"never-ever-seen-name")
(list_to_existing_atom "never-ever-seen-name-2")
;=> ** exception error: bad argument
;=>   in (erlang : list_to_existing_atom "never-ever-seen-name-2")

;;; Tuples and binaries taken apart
(make_tuple 3 'x)
;=> ** exception error: function make_tuple/2 undefined
(erlang:make_tuple 3 'x '(#(2 y)))
;=> #(x y x)
(erlang:insert_element 2 #(a c) 'b)
;=> #(a b c)
(erlang:delete_element 1 #(a b))
;=> #(b)
(erlang:append_element #(a) 'b)
;=> #(a b)
(size #(1 2))
;=> 2
(size #"abc")
;=> 3
(list_to_tuple '(1 2))
;=> #(1 2)
(binary_to_list #"abcd" 2 3)
;=> "bc"
(bitstring_to_list #B(1 (1 (size 1))))
;=> (1 #B((1 (size 1))))
(list_to_bitstring '(1 2))
;=> #B(1 2)
(binary_part #"abcd" #(1 2))
;=> #"bc"
(binary_part #"abcd" 1 9)
;=> ** exception error: bad argument
;=>   in (erlang : binary_part #"abcd" 1 9)
(iolist_to_binary '(1 (2 #"a")))
;=> #B(1 2 97)
(iolist_size '(1 (2 #"ab")))
;=> 4
(erlang:iolist_to_iovec '(#"a" #"b"))
;=> (#"ab")
(binary_to_term (term_to_binary #(a "b" #"c" 1.5 (d) #M(e 1))))
;=> #(a "b" #"c" 1.5 (d) #M(e 1))
(binary_to_term (term_to_binary '(1 2) '(compressed)))
;=> (1 2)
(binary_to_term (term_to_binary 'a) '(safe))
;=> a
(erlang:external_size 'a)
;=> 5
(binary_to_term #"nonsense")
;=> ** exception error: bad argument
;=>   in (erlang : binary_to_term #"nonsense")

;;; Checksums in steps
(erlang:md5_final (erlang:md5_update (erlang:md5_init) #"abc"))
;=> #B(144 1 80 152 60 210 79 176 214 150 63 125 40 225 127 114)
(erlang:crc32 #"abc")
;=> 891568578
(erlang:crc32 1 #"abc")
;=> 887499765
(erlang:adler32 #"abc")
;=> 38600999
(erlang:adler32 1 #"abc")
;=> 38600999
(erlang:phash2 'abc)
;=> 26499
(erlang:phash2 '(1 2 3) 1000)
;=> 188
(erlang:phash2 #(a "text" #"bin" 1.5 #M(a 1)))
;=> 66404476
(erlang:phash #(a 1 "b") 100)
;=> 97
(erlang:phash '(1.5 #"ab" 100000000000) 1000)
;=> 176
(erlang:phash2 123456789012345678901234567890)
;=> 132143600

;;; Time in units
(is_integer (erlang:system_time 'millisecond))
;=> true
(is_integer (erlang:monotonic_time 'second))
;=> true
(erlang:convert_time_unit 1500 'millisecond 'second)
;=> 1
(erlang:system_time 'fortnight)
;=> ** exception error: bad argument
;=>   in (erlang : system_time fortnight)
(is_integer (erlang:time_offset))
;=> true
(is_integer (erlang:time_offset 'second))
;=> true
(tuple_size (erlang:now))
;=> 3
(tuple_size (erlang:date))
;=> 3
(tuple_size (erlang:time))
;=> 3
(tuple_size (erlang:localtime))
;=> 2
(tuple_size (erlang:universaltime))
;=> 2
(erlang:localtime_to_universaltime (erlang:universaltime_to_localtime #(#(2024 1 1) #(0 0 0))))
;=> #(#(2024 1 1) #(0 0 0))
(is_integer (erlang:unique_integer))
;=> true
(> (erlang:unique_integer '(positive)) 0)
;=> true

;;; Errors raised with their reasons
(error 'oops)
;=> ** exception error: oops
(erlang:nif_error 'oops)
;=> ** exception error: oops
(erlang:raise 'throw 'ball ())
;=> ** exception throw: ball
(erlang:raise 'exit 'gone ())
;=> ** exception exit: gone

;;; What there is to know of the machine
(erlang:is_builtin 'erlang 'self 0)
;=> true
(erlang:is_builtin 'lists 'nothing 0)
;=> false
(erlang:module_loaded 'lists)
;=> true
(is_list (erlang:loaded))
;=> true
(erlang:fun_info #'lists:map/2 'arity)
;=> #(arity 2)
(is_list (erlang:pid_to_list (self)))
;=> true
(== (self) (list_to_pid (pid_to_list (self))))
;=> true
(is_list (erlang:ref_to_list (make_ref)))
;=> true
(erlang:nodes)
;=> ()
(erlang:nodes 'connected)
;=> ()
(erlang:is_alive)
;=> false
(erlang:get_cookie)
;=> nocookie
(erlang:garbage_collect)
;=> true
(is_integer (erlang:memory 'total))
;=> true
(is_list (erlang:memory))
;=> true
(tuple_size (erlang:statistics 'reductions))
;=> 2
(erlang:node)
;=> nonode@nohost
(erlang:node (self))
;=> nonode@nohost
(is_port 1)
;=> false

;;; Processes and timers with their options
(is_pid (spawn 'lists 'reverse '((1))))
;=> true
(is_pid (spawn_link 'lists 'reverse '((1))))
;=> true
(is_pid (spawn_opt (lambda () 'ok) ()))
;=> true
(tuple_size (spawn_opt (lambda () 'ok) '(monitor)))
;=> 2
(erlang:send (self) 'm ())
;=> ok
(receive ('m 'got))
;=> got
(erlang:send_nosuspend (self) 'n)
;=> true
(receive ('n 'got))
;=> got
(let ((a (erlang:alias))) (! a 'through) (receive ('through 'got)))
;=> got
(let ((a (erlang:alias))) (erlang:unalias a))
;=> true
(progn (erlang:start_timer 1 (self) 'late) (receive ((tuple 'timeout _ what) what)))
;=> late
(erlang:cancel_timer (erlang:send_after 50000 (self) 'x) '(#(async false) #(info false)))
;=> ok
(erlang:read_timer (make_ref))
;=> false
(is_integer (erlang:read_timer (erlang:send_after 50000 (self) 'x)))
;=> true
(erlang:bump_reductions 1)
;=> true
(is_pid (erlang:group_leader))
;=> true
(erlang:process_info (self) 'trap_exit)
;=> #(trap_exit false)
(is_list (erlang:process_info (self)))
;=> true
