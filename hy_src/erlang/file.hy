"Erlang's file: whole files, open files, directories, files of terms.

Errors are the operating system's as atoms, in `#(error reason)`. What is known of a file is in `_file_facts.hy`, open
files in `_devices.hy`. Erlang's source is not evaluated (`file:eval`, `file:script`)."

(import os
        shutil
        xrepl.dialect.data [Atom elements from-iterable is-list string]
        xrepl.dialect.erlang-terms [BadTerms read-terms]
        xrepl.lang.erlang._devices [Device memory-device mode-names open-device]
        xrepl.lang.erlang._file-facts *
        xrepl.lang.erlang._paths [BAD-NAME ERROR OK attempt done file-name like-name path-text reason])

(setv __lfe_module__ "file"
      EOF (Atom "eof")
      TERMINATED #(ERROR (Atom "terminated"))
      COPY-BYTES 65536)

(defn bytes-of [data]
  "Give the bytes of nested lists of bytes and binaries; ValueError when there are others."
  (cond
    (is (type data) bytes) data
    (is (type data) str) (.encode data "latin-1")
    (is-list data) (.join b"" (lfor item (elements data) (if (is (type item) int) (bytes [item]) (bytes-of item))))
    True (raise (ValueError "no bytes"))))

;; --- whole files

(defn read_file/1 [name]
  "Give `#(ok binary)` with all of a file, or `#(error reason)`."
  (attempt (fn []
             (with [file (open (file-name name) "rb")]
               #(OK (.read file))))))

(defn write_file/2 [name data]
  "Write bytes as a file's contents: a binary or nested lists of bytes and binaries."
  (write_file/3 name data []))

(defn write_file/3 [name data modes]
  "Write bytes to a file with modes such as `append` and `exclusive`."
  (done written name data modes))

(defn written [name data modes]
  (setv content (bytes-of data)
        device (open-device name [(Atom "write") #* (elements modes)]))
  (try
    (device.write-bytes content)
    (finally (device.close))))

(defn copy/2 [source target]
  "Copy a file: `#(ok bytes)`."
  (copy/3 source target (Atom "infinity")))

(defn copy/3 [source target count]
  "Copy at most this many bytes of a file, or of an open one: `#(ok bytes)`."
  (attempt copied source target (if (is (type count) int) count None)))

(defn copied [source target count]
  (setv from (device-for source "read") to (device-for target "write") total 0)
  (try
    (while (setx data (from.read-bytes (if (is count None) COPY-BYTES (min COPY-BYTES (- count total)))))
      (to.write-bytes data)
      (setv total (+ total (len data))))
    (finally
      (for [[device given] [#(from source) #(to target)]]
        (when (is-not device given) (device.close)))))
  #(OK total))

(defn device-for [place mode]
  (cond
    (isinstance place Device) place
    (is (type place) tuple) (open-device (get place 0) [(Atom mode) #* (elements (get place 1))])
    True (open-device place [(Atom mode)])))

(defn delete/1 [name]
  "Delete a file."
  (done deleted name))

(defn deleted [name]
  (try
    (os.unlink (file-name name))
    (except [IsADirectoryError]
      (raise (PermissionError 1 "a directory")))))

(defn delete/2 [name options]
  "Delete a file."
  (delete/1 name))

(defn rename/2 [old new]
  "Give a file another name."
  (done (fn [] (os.rename (file-name old) (file-name new)))))

;; --- directories

(defn make_dir/1 [name]
  "Make a directory."
  (done (fn [] (os.mkdir (file-name name)))))

(defn del_dir/1 [name]
  "Delete an empty directory; `eexist` when there is something in it."
  (setv answer (done (fn [] (os.rmdir (file-name name)))))
  (if (= answer #(ERROR (Atom "enotempty"))) #(ERROR (Atom "eexist")) answer))

(defn del_dir_r/1 [name]
  "Delete a file, or a directory and all in it."
  (done (fn []
          (setv path (file-name name))
          (if (and (os.path.isdir path) (not (os.path.islink path)))
              (shutil.rmtree path)
              (os.unlink path)))))

(defn list_dir/1 [name]
  "Give `#(ok names)` of what is in a directory."
  (attempt (fn []
             #(OK (from-iterable (lfor item (os.listdir (file-name name)) (like-name name item)))))))

(defn list_dir_all/1 [name]
  "Give `#(ok names)` of what is in a directory."
  (list_dir/1 name))

(defn get_cwd/0 []
  "Give `#(ok directory)`."
  (attempt (fn [] #(OK (string (os.getcwd))))))

(defn get_cwd/1 [drive]
  "Give a drive's directory: there are no drives."
  #(ERROR (Atom "einval")))

(defn set_cwd/1 [name]
  "Go to a directory."
  (done (fn [] (os.chdir (file-name name)))))

;; --- open files

(defn open/2 [name modes]
  "Open a file: `#(ok device)`. Modes are read, write, append, exclusive, binary, compressed, ram, `#(encoding utf8)`, ..."
  (setv given (if (is-list modes) (list (elements modes)) [modes]))
  (attempt (fn []
             (if (in "ram" (get (mode-names given) 0))
                 #(OK (memory-device (bytes-of name) given))
                 #(OK (open-device (checked-name name) given))))))

(defn checked-name [name]
  (when (os.path.isdir (file-name name)) (raise (IsADirectoryError 21 "a directory")))
  name)

(defn close/1 [device]
  "Close a device."
  (if (isinstance device Device) (done device.close) BAD-NAME))

(defn with-device [device work]
  "Do something with an open device; its errors as tuples."
  (cond
    (not (isinstance device Device)) BAD-NAME
    device.closed TERMINATED
    True (attempt work)))

(defn read/2 [device count]
  "Read bytes: `#(ok data)` or `eof`."
  (with-device device
    (fn []
      (setv data (device.read-bytes count))
      (if (is data None) EOF #(OK (device.given data))))))

(defn read_line/1 [device]
  "Read a line with its newline: `#(ok data)` or `eof`."
  (with-device device
    (fn []
      (setv data (device.line-bytes))
      (if (is data None) EOF #(OK (device.given data))))))

(defn write/2 [device data]
  "Write bytes."
  (with-device device
    (fn []
      (device.write-bytes (bytes-of data))
      OK)))

(defn place-of [device place]
  "Give offset and origin for a position: a number, `#(bof n)`, `#(cur n)`, `#(eof n)`, or one of these atoms."
  (setv [origin offset] (cond
                          (is (type place) int) #("bof" place)
                          (is (type place) tuple) #((str (get place 0)) (get place 1))
                          True #((str place) 0)))
  (when (or (not-in origin #("bof" "cur" "eof")) (and (= origin "bof") (< offset 0)))
    (raise (OSError 22 "no place")))
  #(offset (.index ["bof" "cur" "eof"] origin)))

(defn position/2 [device place]
  "Go to a place: `#(ok offset)`."
  (with-device device (fn [] #(OK (device.file.seek #* (place-of device place))))))

(defn at-place [device place work]
  (setv before (.tell device.file))
  (device.file.seek #* (place-of device place))
  (try
    (work)
    (finally (device.file.seek before))))

(defn pread/3 [device place count]
  "Read bytes at a place: `#(ok data)` or `eof`."
  (with-device device (fn [] (at-place device place (fn [] (read/2 device count))))))

(defn pread/2 [device places]
  "Read bytes at several places: `#(ok parts)`, each a part or `eof`."
  (with-device device
    (fn []
      (setv parts (lfor [place count] (elements places) (pread/3 device place count)))
      #(OK (from-iterable (lfor part parts (if (is part EOF) EOF (get part 1))))))))

(defn pwrite/3 [device place data]
  "Write bytes at a place."
  (with-device device (fn [] (at-place device place (fn [] (write/2 device data))))))

(defn pwrite/2 [device parts]
  "Write bytes at several places."
  (setv answer OK)
  (for [[place data] (elements parts)]
    (setv answer (pwrite/3 device place data))
    (when (is-not answer OK) (break)))
  answer)

(defn truncate/1 [device]
  "Cut a file at the device's place."
  (with-device device
    (fn []
      (.truncate device.file)
      OK)))

(defn sync/1 [device]
  "Write what was written to the disk, and wait for it."
  (with-device device
    (fn []
      (os.fsync (.fileno device.file))
      OK)))

(defn datasync/1 [device]
  "Write what was written to the disk, and wait for it."
  (sync/1 device))

(defn advise/4 [device offset length advice]
  "Take advice on how a file will be read; none changes anything."
  (with-device device (fn [] OK)))

(defn pid2name/1 [device]
  "Give `#(ok name)` of the file that a device has open, or `undefined`."
  (if (and (isinstance device Device) (not device.closed) (isinstance device.file.name int))
      #(OK (string (os.readlink f"/proc/self/fd/{(.fileno device.file)}")))
      (Atom "undefined")))

;; --- terms

(defn consult/1 [name]
  "Read a file of terms in Erlang's syntax, each with a full stop: `#(ok terms)` or `#(error reason)`."
  (setv content (read_file/1 name))
  (when (is (get content 0) ERROR) (return content))
  (try
    #(OK (from-iterable (read-terms (.decode (get content 1) "utf-8"))))
    (except [problem BadTerms]
      #(ERROR (.as-tuple problem)))
    (except [UnicodeDecodeError]
      #(ERROR #(1 (Atom "file_io_server") (Atom "invalid_unicode"))))))

(defn path_consult/2 [directories name]
  "Read a file of terms in the first directory that has it: `#(ok terms name)`."
  (on-path directories name consult/1))

(defn path_open/3 [directories name modes]
  "Open a file in the first directory that has it: `#(ok device name)`."
  (on-path directories name (fn [full] (open/2 full modes))))

(defn on-path [directories name work]
  (for [directory (elements directories)]
    (setv full (string (os.path.join (path-text directory) (path-text name)))
          answer (work full))
    (when (is (get answer 0) OK) (return #(#* answer full)))
    (when (!= answer #(ERROR (Atom "enoent"))) (return answer)))
  #(ERROR (Atom "enoent")))

;; --- words

(defn format_error/1 [problem]
  "Give the text for an error's reason."
  (import errno os)
  (when (and (is (type problem) tuple) (= (len problem) 3))
    (return (from-iterable [(string (str (get problem 0))) 58 32 (get problem 2)])))
  (setv number (getattr errno (.upper (str problem)) None))
  (string (if (is number None) "unknown POSIX error" (.lower (os.strerror number)))))

(defn native_name_encoding/0 []
  "Say how names of files are encoded."
  (Atom "utf8"))
