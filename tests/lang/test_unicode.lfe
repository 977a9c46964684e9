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

;;; Encodings and normal forms
(unicode:characters_to_list #B(195 164))
;=> "ä"
(unicode:characters_to_list #B(228) 'latin1)
;=> "ä"
(unicode:characters_to_binary '(228) 'unicode 'latin1)
;=> #B(228)
(unicode:characters_to_binary #B(228) 'latin1)
;=> #"ä"
(unicode:characters_to_nfd_list "ä")
;=> "ä"
(unicode:characters_to_nfkc_list '(64257))
;=> "fi"
(unicode:characters_to_nfkd_list '(64257))
;=> "fi"
(unicode:characters_to_nfc_binary '(97 776))
;=> #"ä"
(unicode:characters_to_nfkc_binary '(64257))
;=> #"fi"
(unicode:characters_to_nfkd_binary '(64257))
;=> #"fi"
(unicode:characters_to_nfd_binary '(228))
;=> #"ä"
(unicode:bom_to_encoding #B(239 187 191 97))
;=> #(utf8 3)
(unicode:bom_to_encoding #B(254 255))
;=> #(#(utf16 big) 2)
(unicode:encoding_to_bom #(utf16 little))
;=> #B(255 254)
(unicode:characters_to_list #B(195))
;=> #(incomplete () #B(195))
(unicode:characters_to_list #B(255))
;=> #(error () #B(255))
