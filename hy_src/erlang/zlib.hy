"Erlang's zlib: deflate compression of whole binaries, and of streams a piece at a time.

What a stream gives comes as one binary in a list. Dictionaries and parameters that change on the way are not here."

(import xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.identifiers [Ref numbering]
        xrepl.dialect.raising [LfeError]
        xrepl.lang.erlang._erlang-data [joined-bytes])

;; this module's own name hides Python's
(setv engine (__import__ "zlib")
      __lfe_module__ "zlib"
      OK (Atom "ok")
      RAW -15
      PLAIN 15
      GZIP 31
      LEVELS {"none" 0  "default" -1  "best_speed" 1  "best_compression" 9}
      STRATEGIES {"default" 0  "filtered" 1  "huffman_only" 2  "rle" 3}
      FLUSHES {"none" 0  "sync" 2  "full" 3})

(defn bytes-of [data]
  "Give the bytes of nested lists and binaries."
  (when (is (type data) int) (raise (LfeError "error" (Atom "badarg"))))
  (try
    (joined-bytes data "iolist_to_iovec" data)
    (except [LfeError]
      (raise (LfeError "error" (Atom "badarg"))))))

(defn failed [name]
  (LfeError "error" (Atom name)))

(defn packed [data window [level -1]]
  (setv worker (engine.compressobj level engine.DEFLATED window))
  (+ (.compress worker (bytes-of data)) (.flush worker)))

(defn unpacked [data window]
  (when (is-not (type data) bytes) (setv data (bytes-of data)))
  (try
    (engine.decompress data window)
    (except [engine.error]
      (raise (failed "data_error")))))

;; --- whole binaries

(defn compress/1 [data]
  "Compress, with zlib's header."
  (packed data PLAIN))

(defn uncompress/1 [data]
  "Uncompress what `compress` made."
  (unpacked data PLAIN))

(defn zip/1 [data]
  "Compress, without a header."
  (packed data RAW))

(defn unzip/1 [data]
  "Uncompress what `zip` made."
  (unpacked data RAW))

(defn gzip/1 [data]
  "Compress, with the header of gzip."
  (packed data GZIP))

(defn gunzip/1 [data]
  "Uncompress what `gzip` made."
  (unpacked data GZIP))

;; --- streams

(defclass Stream [Ref]
  "A stream: a reference that holds what compresses or uncompresses."

  (defn __init__ [self]
    (.__init__ (super) (next numbering._refs))
    (setv self.worker None self.window PLAIN))

  (defn __reduce__ [self]
    (when (is-not self.worker None) (raise (TypeError "cannot pickle an open zlib stream")))
    #(Ref #(self.number))))

(defn worker-of [stream kind]
  (setv worker (getattr stream "worker" None))
  (when (or (is worker None) (not (hasattr worker kind))) (raise (failed "not_initialized")))
  worker)

(defn open/0 []
  "Give a stream."
  (Stream))

(defn close/1 [stream]
  "Close a stream."
  (setv stream.worker None)
  OK)

(defn deflateInit/1 [stream]
  "Begin to compress with a stream."
  (deflateInit/6 stream (Atom "default") (Atom "deflated") PLAIN 8 (Atom "default")))

(defn deflateInit/2 [stream level]
  "Begin to compress with a stream at a level: 0 to 9, none, default, best_speed or best_compression."
  (deflateInit/6 stream level (Atom "deflated") PLAIN 8 (Atom "default")))

(defn deflateInit/6 [stream level method window memory strategy]
  "Begin to compress with a stream; negative window bits leave the header out, 16 more make gzip's."
  (when (is-not stream.worker None) (raise (failed "already_initialized")))
  (setv stream.worker (engine.compressobj (if (is (type level) int) level (get LEVELS (str level)))
                                          engine.DEFLATED window memory (get STRATEGIES (str strategy))))
  OK)

(defn deflate/2 [stream data]
  "Compress some more: what there is so far."
  (deflate/3 stream data (Atom "none")))

(defn deflate/3 [stream data flush]
  "Compress some more; with `sync`, `full` or `finish` all of it comes out."
  (setv worker (worker-of stream "compress") out (.compress worker (bytes-of data)))
  (cond
    (is flush (Atom "finish")) (setv out (+ out (.flush worker)))
    (get FLUSHES (str flush)) (setv out (+ out (.flush worker (get FLUSHES (str flush))))))
  (from-iterable (if out [out] [])))

(defn deflateReset/1 [stream]
  "Begin anew with a stream that compresses."
  (setv stream.worker None)
  (deflateInit/1 stream))

(defn deflateEnd/1 [stream]
  "End compressing."
  (worker-of stream "compress")
  (close/1 stream))

(defn inflateInit/1 [stream]
  "Begin to uncompress with a stream."
  (inflateInit/2 stream PLAIN))

(defn inflateInit/2 [stream window]
  "Begin to uncompress with a stream; window bits are those of `deflateInit`."
  (when (is-not stream.worker None) (raise (failed "already_initialized")))
  (setv stream.worker (engine.decompressobj window) stream.window window)
  OK)

(defn inflateInit/3 [stream window at-end]
  "Begin to uncompress with a stream; what comes after the end is left out."
  (inflateInit/2 stream window))

(defn inflate/2 [stream data]
  "Uncompress some more."
  (setv worker (worker-of stream "decompress"))
  (try
    (setv out (.decompress worker (bytes-of data)))
    (except [engine.error]
      (raise (failed "data_error"))))
  (from-iterable (if out [out] [])))

(defn inflate/3 [stream data options]
  "Uncompress some more."
  (inflate/2 stream data))

(defn safeInflate/2 [stream data]
  "Uncompress some more: `#(finished output)` at the end, else `#(continue output)`."
  (setv out (inflate/2 stream data))
  #((Atom (if (. (worker-of stream "decompress") eof) "finished" "continue")) out))

(defn inflateReset/1 [stream]
  "Begin anew with a stream that uncompresses."
  (setv stream.worker None)
  (inflateInit/2 stream stream.window))

(defn inflateEnd/1 [stream]
  "End uncompressing."
  (setv worker (worker-of stream "decompress") ended worker.eof)
  (close/1 stream)
  (if ended OK (raise (failed "data_error"))))

;; --- sums

(defn crc32/2 [stream data]
  "Give the CRC-32 sum of bytes."
  (engine.crc32 (bytes-of data)))

(defn crc32/3 [stream start data]
  "Continue a CRC-32 sum."
  (engine.crc32 (bytes-of data) start))

(defn adler32/2 [stream data]
  "Give the Adler-32 sum of bytes."
  (engine.adler32 (bytes-of data)))

(defn adler32/3 [stream start data]
  "Continue an Adler-32 sum."
  (engine.adler32 (bytes-of data) start))
