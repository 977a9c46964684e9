"What a callback of a `gen_statem` answers, read: `#(next_state state data actions)` and its kin."

(import xrepl.dialect.data [Atom elements is-list]
        xrepl.dialect.mailbox [INFINITY]
        xrepl.dialect.raising [error]
        xrepl.dialect.signals [NORMAL exit-reason]
        xrepl.lang.erlang._gen [tagged?]
        xrepl.lang.erlang._server-loop [Ended])

(setv TIME-OUT (Atom "timeout")
      STATE-TIME-OUT (Atom "state_timeout")
      CANCEL (Atom "cancel")
      UPDATE (Atom "update")
      HIBERNATE (Atom "hibernate")
      POSTPONE (Atom "postpone")
      REPLY (Atom "reply")
      NEXT-EVENT (Atom "next_event"))

(defclass Answer []
  "What is to be done after an event.

Attributes:
    whole: the answer as it was.
    has_state, state: whether there is a next state, and which.
    has_data, data: the same of the data.
    stops, reason: whether the machine ends.
    replies: pairs of a client and its answer.
    events: pairs of kind and content, to come first.
    postpones: whether the event comes again in another state.
    repeats: whether the state is entered again.
    timers: kind, milliseconds (`cancel`, `infinity`, None for another content only), content, whether it is a moment."

  (defn __init__ [self whole]
    (setv self.whole whole
          self.has-state False
          self.state None
          self.has-data False
          self.data None
          self.stops False
          self.reason NORMAL
          self.replies []
          self.events []
          self.postpones False
          self.repeats False
          self.timers []))

  (defn goes [self state data]
    (setv self.has-state True
          self.state state)
    (.keeps self data))

  (defn keeps [self data]
    (setv self.has-data True
          self.data data)
    self)

  (defn ends [self reason]
    (setv self.stops True
          self.reason reason)
    self)

  (defn repeating [self]
    (setv self.repeats True)
    self)

  (defn acting [self actions]
    "Take one action or a list of them."
    (for [action (if (is-list actions) (list (elements actions)) [actions])]
      (when (not (take-action self action))
        (raise (failure #((Atom "bad_action_from_state_function") action)))))
    self))

(defn failure [reason]
  "Give the end of a machine by an error of its callbacks."
  (setv raised (error reason))
  (Ended (exit-reason raised) raised))

(defn bad-answer [whole]
  "Give the end of a machine whose callback answers what is no answer."
  (failure #((Atom "bad_return_from_state_function") whole)))

(defn answer-from [whole]
  "Read an answer.

Raises:
    Ended: it is none."
  (setv answer (Answer whole)
        parts (if (is (type whole) tuple) whole #(whole))
        reading (.get READINGS #((when parts (str (get parts 0))) (len parts))))
  (when (or (is reading None) (not (is (type (get parts 0)) Atom))) (raise (bad-answer whole)))
  (reading answer #* (cut parts 1 None)))

(setv READINGS
      {#("next_state" 3) (fn [answer state data] (.goes answer state data))
       #("next_state" 4) (fn [answer state data actions] (.acting (.goes answer state data) actions))
       #("keep_state" 2) (fn [answer data] (.keeps answer data))
       #("keep_state" 3) (fn [answer data actions] (.acting (.keeps answer data) actions))
       #("keep_state_and_data" 1) (fn [answer] answer)
       #("keep_state_and_data" 2) (fn [answer actions] (.acting answer actions))
       #("repeat_state" 2) (fn [answer data] (.repeating (.keeps answer data)))
       #("repeat_state" 3) (fn [answer data actions] (.acting (.repeating (.keeps answer data)) actions))
       #("repeat_state_and_data" 1) (fn [answer] (.repeating answer))
       #("repeat_state_and_data" 2) (fn [answer actions] (.acting (.repeating answer) actions))
       #("stop" 1) (fn [answer] (.ends answer NORMAL))
       #("stop" 2) (fn [answer reason] (.ends answer reason))
       #("stop" 3) (fn [answer reason data] (.ends (.keeps answer data) reason))
       #("stop_and_reply" 3) (fn [answer reason replies] (.acting (.ends answer reason) replies))
       #("stop_and_reply" 4) (fn [answer reason replies data]
                               (.acting (.ends (.keeps answer data) reason) replies))})

;; --- actions

(defn take-action [answer action]
  "Take an action in; false when it is none."
  (match action
    #(tag client value) :if (is tag REPLY) (.append answer.replies #(client value))
    #(tag kind content) :if (is tag NEXT-EVENT) (.append answer.events #(kind content))
    #(tag flag) :if (is tag POSTPONE) (setv answer.postpones (is flag True))
    #(tag _) :if (is tag HIBERNATE) None
    tag :if (is tag POSTPONE) (setv answer.postpones True)
    tag :if (is tag HIBERNATE) None
    wait :if (is-wait wait) (.append answer.timers #(TIME-OUT wait wait False))
    #(kind #* settings) :if (is-timer kind) (return (take-timer answer kind settings))
    _ (return False))
  True)

(defn is-wait [value]
  (or (is value INFINITY) (and (is (type value) int) (>= value 0))))

(defn is-timer [kind]
  (or (is kind TIME-OUT) (is kind STATE-TIME-OUT) (tagged? kind TIME-OUT 2)))

(defn take-timer [answer kind settings]
  "Take the setting of a timer in; false when it is none."
  (match (list settings)
    [what] :if (is what CANCEL) (.append answer.timers #(kind CANCEL None False))
    [what content] :if (is what UPDATE) (.append answer.timers #(kind None content False))
    [wait content] :if (is-wait wait) (.append answer.timers #(kind wait content False))
    [wait content options] :if (or (is-wait wait) (is (type wait) int))
      (.append answer.timers #(kind wait content (absolute? options)))
    _ (return False))
  True)

(defn absolute? [options]
  "Say whether options of a timer make its time a moment of the clock that does not go back."
  (any (gfor option (if (is-list options) (elements options) [options]) (= option #((Atom "abs") True)))))
