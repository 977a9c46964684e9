;;; How the specification prints sessions (task 4): its own functions, with what ours print to compare.

(defun print-session-line (session-data)
  (let* ((id (mref session-data 'id))
         (name (maps:get 'name (mref session-data 'metadata) "-"))
         (active? (mref session-data 'active?))
         (last-active (mref session-data 'last-active))
         (active-str (if active? "yes" "no"))
         (time-str (format-timestamp last-active)))
    (io:format "~-36s ~-20s ~-10s ~-12s~n"
               (list id name active-str time-str))))

(defun format-timestamp (unix-seconds)
  (let* ((now (erlang:system_time 'second))
         (diff (- now unix-seconds)))
    (cond
      ((< diff 60) "just now")
      ((< diff 3600)
       (++ (integer_to_list (div diff 60)) " min ago"))
      ((< diff 86400)
       (++ (integer_to_list (div diff 3600)) " hrs ago"))
      ('true
       (++ (integer_to_list (div diff 86400)) " days ago")))))

(defun print-sessions ()
  (let ((sessions (xrepl-session-manager:list-detailed)))
    (if (== sessions ())
      (io:format "No sessions.~n")
      (progn
        (io:format "~nSessions:~n")
        (io:format "~-36s ~-20s ~-10s ~-12s~n"
                   (list "ID" "Name" "Active" "Last Active"))
        (io:format "~s~n" (list (lists:duplicate 80 #\-)))
        (lists:foreach #'print-session-line/1 sessions)))))

(defun print-session-details (info)
  (io:format "~nSession Details:~n")
  (io:format "  ID:           ~s~n" (list (mref info 'id)))
  (io:format "  Name:         ~s~n"
             (list (maps:get 'name (mref info 'metadata) "-")))
  (io:format "  Active:       ~s~n"
             (list (if (mref info 'active?) "yes" "no")))
  (io:format "  Created:      ~s~n"
             (list (format-full-timestamp (mref info 'created-at))))
  (io:format "  Last Active:  ~s~n"
             (list (format-full-timestamp (mref info 'last-active))))
  (io:format "  Timeout:      ~w ms~n" (list (mref info 'timeout)))
  (let ((metadata (mref info 'metadata)))
    (if (> (map_size metadata) 0)  ; the specification has `when`, which LFE has not
      (io:format "  Metadata:     ~p~n" (list metadata)))))

(defun format-full-timestamp (unix-seconds)
  (let ((datetime (calendar:system_time_to_universal_time unix-seconds 'second)))
    (io_lib:format "~p" (list datetime))))

(defun both (specified ours)
  "Print what the specification prints, a mark, and what we print.
  In a process that has no current session, so that none is marked."
  (let ((shell (self)))
    (spawn (lambda ()
             (funcall specified)
             (io:format "<mark>")
             (funcall ours)
             (! shell 'printed)))
    (receive ('printed 'ok) (after 10000 (error 'failed)))))
