; Drives several sessions from one script: `xrepl docs/examples/sessions.hy`.
; The form after a switch runs in that session; what the script defines goes along.
(import statistics)

(defn summary [numbers]
  (.format "{} numbers, mean {}" (len numbers) (statistics.mean numbers)))

(new-session "morning")
(new-session "evening")

(switch-session "morning")
(set readings [12 14 13])
(print "morning:" (summary readings))

(switch-session "evening")
(set readings [21 19])
(print "evening:" (summary readings))

(switch-session "morning")
(print "morning still has" (list readings))
(sessions)
