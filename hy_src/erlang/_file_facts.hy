"The part of Erlang's file that asks about files and changes what is asked: size, type, mode, times, links.

`file.hy` takes these in; this is no module of the language by itself. `file_info` is the record of Erlang's header."

(import datetime
        os
        stat
        xrepl.dialect.data [Atom elements string]
        xrepl.lang.erlang._paths [OK attempt done file-name like-name path-text])

(setv __lfe_module__ "file"
      TYPES [#(stat.S-ISREG "regular") #(stat.S-ISDIR "directory") #(stat.S-ISLNK "symlink")
             #(stat.S-ISCHR "device") #(stat.S-ISBLK "device")])

(defn read_file_info/1 [name]
  "Give `#(ok info)`: the record of size, type, access, three times, mode, links, devices, inode, user and group."
  (attempt info os.stat name []))

(defn read_file_info/2 [name options]
  "Give what `read_file_info` does; `#(time posix)`, `#(time universal)` say how times are given."
  (attempt info os.stat name options))

(defn read_link_info/1 [name]
  "Give what `read_file_info` does, of a symbolic link itself."
  (attempt info os.lstat name []))

(defn read_link_info/2 [name options]
  "Give what `read_file_info` does, of a symbolic link itself."
  (attempt info os.lstat name options))

(defn info [look name options]
  (setv found (look (file-name name))
        kind (time-kind options)
        times (lfor t [found.st-atime found.st-mtime found.st-ctime] (time-as (int t) kind)))
  #(OK #((Atom "file_info") found.st-size (type-of found.st-mode) (access-of (file-name name)) #* times found.st-mode
         found.st-nlink (os.major found.st-dev) (os.minor found.st-rdev) found.st-ino found.st-uid found.st-gid)))

(defn time-kind [options]
  (setv kind "local")
  (for [option (elements options)]
    (when (and (is (type option) tuple) (= (str (get option 0)) "time"))
      (setv kind (str (get option 1)))))
  kind)

(defn time-as [seconds kind]
  (when (= kind "posix") (return seconds))
  (setv moment (datetime.datetime.fromtimestamp seconds (if (= kind "local") None datetime.timezone.utc)))
  #(#(moment.year moment.month moment.day) #(moment.hour moment.minute moment.second)))

(defn type-of [mode]
  (Atom (next (gfor [is-one name] TYPES :if (is-one mode) name) "other")))

(defn access-of [name]
  (Atom (get ["none" "read" "write" "read_write"] (+ (os.access name os.R-OK) (* 2 (os.access name os.W-OK))))))

(defn moment-of [time]
  "Give seconds since 1970 for a local date and time, or for seconds."
  (if (is (type time) int) time (.timestamp (datetime.datetime #* (get time 0) #* (get time 1)))))

(defn write_file_info/2 [name record]
  "Set mode, owner and times of a file as a `file_info` record has them; fields that are `undefined` stay."
  (done changed name record))

(defn write_file_info/3 [name record options]
  "Set mode, owner and times of a file as a `file_info` record has them."
  (done changed name record))

(defn changed [name record]
  (setv path (file-name name)
        [_ _ _ _ atime mtime _ mode _ _ _ _ uid gid] record
        given? (fn [value] (is-not value (Atom "undefined"))))
  (when (given? mode) (os.chmod path (stat.S-IMODE mode)))
  (when (or (given? uid) (given? gid)) (os.chown path (if (given? uid) uid -1) (if (given? gid) gid -1)))
  (when (given? mtime)
    (os.utime path #((moment-of (if (given? atime) atime mtime)) (moment-of mtime)))))

(defn change_mode/2 [name mode]
  "Set a file's mode."
  (done (fn [] (os.chmod (file-name name) mode))))

(defn change_owner/2 [name user]
  "Set a file's user by number."
  (done (fn [] (os.chown (file-name name) user -1))))

(defn change_owner/3 [name user group]
  "Set a file's user and group by number."
  (done (fn [] (os.chown (file-name name) user group))))

(defn change_group/2 [name group]
  "Set a file's group by number."
  (done (fn [] (os.chown (file-name name) -1 group))))

(defn change_time/2 [name time]
  "Set a file's time of modification, in local time."
  (change_time/3 name time time))

(defn change_time/3 [name atime mtime]
  "Set a file's times of access and modification, in local time."
  (done (fn [] (os.utime (file-name name) #((moment-of atime) (moment-of mtime))))))

;; --- links

(defn read_link/1 [name]
  "Give `#(ok target)` of a symbolic link."
  (attempt (fn [] #(OK (like-name name (os.readlink (file-name name)))))))

(defn read_link_all/1 [name]
  "Give `#(ok target)` of a symbolic link."
  (read_link/1 name))

(defn make_link/2 [existing new]
  "Make a second name of a file."
  (done (fn [] (os.link (file-name existing) (file-name new)))))

(defn make_symlink/2 [existing new]
  "Make a symbolic link to a file."
  (done (fn [] (os.symlink (file-name existing) (file-name new)))))
