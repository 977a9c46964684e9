;; Erlang's zlib, as used at the prompt.

;;; Binaries and streams are compressed and uncompressed
(zlib:compress "hello")
;=> #B(120 156 203 72 205 201 201 7 0 6 44 2 21)
(zlib:uncompress (zlib:compress "hello"))
;=> #"hello"
(zlib:zip "hello")
;=> #B(203 72 205 201 201 7 0)
(zlib:gunzip (zlib:gzip '("a" #"b" (99))))
;=> #"abc"
(progn (set z (zlib:open)) (zlib:deflateInit z) (set d (zlib:deflate z "hello" 'finish)) (zlib:deflateEnd z) (zlib:close z))
;=> ok
(list_to_binary d)
;=> #B(120 156 203 72 205 201 201 7 0 6 44 2 21)
(progn (set z (zlib:open)) (zlib:inflateInit z) (set e (zlib:inflate z d)) (zlib:inflateEnd z) (zlib:close z))
;=> ok
(list_to_binary e)
;=> #"hello"
(zlib:uncompress "foo")
;=> ** exception error: data_error
