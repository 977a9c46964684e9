;; Erlang's unicode, as used at the prompt.

;;; Text is encoded, and what is wrong is told with what was right
(unicode:characters_to_binary "héλ")
;=> #"héλ"
(unicode:characters_to_list #"héλ")
;=> "héλ"
(unicode:characters_to_binary '("a" #"b" 955))
;=> #"abλ"
(unicode:characters_to_binary "é" 'unicode 'latin1)
;=> #B(233)
(unicode:characters_to_binary "a" 'utf8 'utf16)
;=> #B(0 97)
(unicode:characters_to_list #B(97 255))
;=> #(error "a" #B(255))
(unicode:characters_to_list #B(97 195))
;=> #(incomplete "a" #B(195))
(unicode:characters_to_nfc_list '(101 769))
;=> "é"
(unicode:characters_to_nfd_binary "é")
;=> #"é"
(unicode:bom_to_encoding #B(239 187 191))
;=> #(utf8 3)
(unicode:characters_to_list 5)
;=> ** exception error: bad argument
;=>   in (unicode : characters_to_list 5)
