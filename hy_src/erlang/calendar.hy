"Erlang's calendar: dates and times of the Gregorian calendar, as tuples of numbers.

Days and seconds are counted from the first of January of the year 0. The local time is the system's."

(import datetime
        re
        xrepl.dialect.data [Atom NIL elements from-iterable is-list string text-of]
        xrepl.dialect.raising [badarg badarith error function-clause]
        xrepl.lang.erlang [erlang])

(setv __lfe_module__ "calendar"
      DAY 86400
      EPOCH 62167219200  ; 1970 in seconds
      MONTH-DAYS [31 28 31 30 31 30 31 31 30 31 30 31])

(defn clause [function #* call]
  (function-clause "calendar" function #* call))

(defn whole? [#* values]
  (all (gfor value values (is (type value) int))))

(defn tuple-of? [value size]
  (and (is (type value) tuple) (= (len value) size)))

(defn moment? [value]
  (and (tuple-of? value 2) (tuple-of? (get value 0) 3) (tuple-of? (get value 1) 3)))

(defn divisible [value by]
  "Fail as a division does, for what is no integer."
  (when (not (whole? value)) (raise (badarith "div" value by))))

;; --- days

(defn is_leap_year/1 [year]
  "Say whether a year has a 29th of February."
  (when (not (and (whole? year) (>= year 0))) (raise (clause "is_leap_year" year)))
  (and (= (% year 4) 0) (or (> (% year 100) 0) (= (% year 400) 0))))

(defn last_day_of_the_month/2 [year month]
  "Give the number of days of a month."
  (when (not (and (whole? year) (>= year 0))) (raise (clause "last_day_of_the_month" year month)))
  (when (not (and (whole? month) (<= 1 month 12))) (raise (clause "last_day_of_the_month1" year month)))
  (if (and (= month 2) (is_leap_year/1 year)) 29 (get MONTH-DAYS (- month 1))))

(defn valid_date/3 [year month day]
  "Say whether there is such a date."
  (when (not (whole? year month day)) (raise (clause "valid_date" year month day)))
  (and (>= year 0) (<= 1 month 12) (<= 1 day (last_day_of_the_month/2 year month))))

(defn valid_date/1 [date]
  "Say whether there is such a date."
  (when (not (tuple-of? date 3)) (raise (clause "valid_date" date)))
  (valid_date/3 #* date))

(defn days-before [year]
  (+ (* year 365) (// (+ year 3) 4) (- (// (+ year 99) 100)) (// (+ year 399) 400)))

(defn date_to_gregorian_days/3 [year month day]
  "Give the number of days from the year 0 to a date."
  (when (not (and (whole? day) (> day 0))) (raise (clause "date_to_gregorian_days" year month day)))
  (when (> day (last_day_of_the_month/2 year month)) (raise (error (Atom "if_clause"))))
  (+ (days-before year)
     (sum (gfor m (range 1 month) (last_day_of_the_month/2 year m)))
     (- day 1)))

(defn date_to_gregorian_days/1 [date]
  "Give the number of days from the year 0 to a date."
  (when (not (tuple-of? date 3)) (raise (clause "date_to_gregorian_days" date)))
  (date_to_gregorian_days/3 #* date))

(defn gregorian_days_to_date/1 [days]
  "Give the date that is so many days from the year 0."
  (divisible days 365)
  (when (< days 0) (raise (clause "day_to_year" days)))
  (setv year (// (* days 400) 146097))
  (while (> (days-before year) days) (setv year (- year 1)))
  (while (<= (days-before (+ year 1)) days) (setv year (+ year 1)))
  (setv left (- days (days-before year)) month 1)
  (while (>= left (last_day_of_the_month/2 year month))
    (setv left (- left (last_day_of_the_month/2 year month)) month (+ month 1)))
  #(year month (+ left 1)))

(defn day_of_the_week/3 [year month day]
  "Give the day of the week: 1 is Monday."
  (+ 1 (% (+ (date_to_gregorian_days/3 year month day) 5) 7)))

(defn day_of_the_week/1 [date]
  "Give the day of the week: 1 is Monday."
  (when (not (tuple-of? date 3)) (raise (clause "day_of_the_week" date)))
  (day_of_the_week/3 #* date))

(defn iso_week_number/0 []
  "Give year and number of this week."
  (iso_week_number/1 (get (local_time/0) 0)))

(defn iso_week_number/1 [date]
  "Give year and number of a date's week: the first one has the year's first Thursday."
  (when (not (tuple-of? date 3)) (raise (clause "iso_week_number" date)))
  (setv days (date_to_gregorian_days/3 #* date)
        thursday (gregorian_days_to_date/1 (+ days (- 4 (day_of_the_week/3 #* date))))
        first (days-before (get thursday 0)))
  #((get thursday 0) (+ 1 (// (- (date_to_gregorian_days/3 #* thursday) first) 7))))

;; --- seconds

(defn time_to_seconds/1 [time]
  "Give the seconds from midnight to a time."
  (when (not (and (tuple-of? time 3) (whole? #* time))) (raise (clause "time_to_seconds" time)))
  (setv [hour minute second] time)
  (+ (* hour 3600) (* minute 60) second))

(defn seconds_to_time/1 [seconds]
  "Give the time that is so many seconds from midnight."
  (when (not (and (whole? seconds) (<= 0 seconds (- DAY 1)))) (raise (clause "seconds_to_time" seconds)))
  (parts-of seconds))

(defn parts-of [seconds]
  #((// seconds 3600) (% (// seconds 60) 60) (% seconds 60)))

(defn seconds_to_daystime/1 [seconds]
  "Give days and a time."
  (divisible seconds DAY)
  (setv [days left] (divmod seconds DAY))
  #(days (parts-of left)))

(defn datetime_to_gregorian_seconds/1 [moment]
  "Give the seconds from the year 0 to a date and time."
  (when (not (tuple-of? moment 2)) (raise (clause "datetime_to_gregorian_seconds" moment)))
  (+ (* DAY (date_to_gregorian_days/1 (get moment 0))) (time_to_seconds/1 (get moment 1))))

(defn gregorian_seconds_to_datetime/1 [seconds]
  "Give the date and time that is so many seconds from the year 0."
  (divisible seconds DAY)
  (when (< seconds 0) (raise (clause "day_to_year" (- (// (- seconds) DAY)))))
  #((gregorian_days_to_date/1 (// seconds DAY)) (parts-of (% seconds DAY))))

(defn time_difference/2 [first second]
  "Give days and time from a moment to another."
  (when (not (and (moment? first) (moment? second))) (raise (clause "time_difference" first second)))
  (seconds_to_daystime/1 (- (datetime_to_gregorian_seconds/1 second) (datetime_to_gregorian_seconds/1 first))))

;; --- now, here and elsewhere

(defn local_time/0 []
  "Give the local date and time."
  (erlang.localtime/0))

(defn universal_time/0 []
  "Give the date and time in UTC."
  (erlang.universaltime/0))

(defn universal_time_to_local_time/1 [moment]
  "Convert a date and time in UTC to the local one."
  (erlang.universaltime_to_localtime/1 moment))

(defn local_time_to_universal_time/1 [moment]
  "Convert a local date and time to UTC."
  (erlang.localtime_to_universaltime/1 moment))

(defn local_time_to_universal_time_dst/1 [moment]
  "Give the moments in UTC that a local date and time may be: two when the clock was set back, none when it was set forward."
  (when (not (moment? moment)) (raise (badarg "erlang" "localtime_to_universaltime" moment True)))
  (setv naive (datetime.datetime #* (get moment 0) #* (get moment 1))
        found (set (lfor fold [0 1] (.astimezone (.replace naive :fold fold) datetime.timezone.utc))))
  (from-iterable
    (lfor one (sorted found)
          :if (= (.replace (.astimezone one) :tzinfo None) naive)
          (tuple-from one))))

(defn tuple-from [moment]
  #(#(moment.year moment.month moment.day) #(moment.hour moment.minute moment.second)))

(defn now_to_datetime/1 [timestamp]
  "Give the date and time in UTC of what `erlang:timestamp` gave."
  (when (not (tuple-of? timestamp 3)) (raise (clause "now_to_datetime" timestamp)))
  (gregorian_seconds_to_datetime/1 (+ EPOCH (* 1000000 (get timestamp 0)) (get timestamp 1))))

(defn now_to_universal_time/1 [timestamp]
  "Give the date and time in UTC of what `erlang:timestamp` gave."
  (now_to_datetime/1 timestamp))

(defn now_to_local_time/1 [timestamp]
  "Give the local date and time of what `erlang:timestamp` gave."
  (when (not (tuple-of? timestamp 3)) (raise (clause "now_to_local_time" timestamp)))
  (universal_time_to_local_time/1 (now_to_datetime/1 timestamp)))

(defn system_time_to_universal_time/2 [time unit]
  "Give the date and time in UTC of a time since 1970 in a unit."
  (gregorian_seconds_to_datetime/1 (+ EPOCH (erlang.convert_time_unit/3 time unit (Atom "second")))))

(defn system_time_to_local_time/2 [time unit]
  "Give the local date and time of a time since 1970 in a unit."
  (universal_time_to_local_time/1 (system_time_to_universal_time/2 time unit)))

(defn parts-of-second [unit]
  (erlang.convert_time_unit/3 1 (Atom "second") unit))

;; --- RFC 3339

(defn options-of [options]
  (dfor option (elements options) (str (get option 0)) (get option 1)))

(defn system_time_to_rfc3339/1 [time]
  "Write a time since 1970 in seconds as `2024-01-31T12:00:00+01:00`."
  (system_time_to_rfc3339/2 time NIL))

(defn system_time_to_rfc3339/2 [time options]
  "Write a time since 1970; options are unit, offset and time_designator."
  (setv given (options-of options)
        unit (.get given "unit" (Atom "second"))
        _ (erlang.convert_time_unit/3 time unit (Atom "second"))  ; fails for what is no time
        scale (parts-of-second unit)
        [seconds fraction] (divmod time scale)
        [shift zone] (offset-of (.get given "offset" NIL) seconds)
        [date clock] (gregorian_seconds_to_datetime/1 (+ EPOCH seconds shift))
        digits (if (= (str unit) "native") 3 (- (len (str scale)) 1)))
  (string (+ (.format "{:04}-{:02}-{:02}" #* date)
             (chr (.get given "time_designator" 84))
             (.format "{:02}:{:02}:{:02}" #* clock)
             (if digits (+ "." (cut (.rjust (str fraction) (- (len (str scale)) 1) "0") digits)) "")
             zone)))

(defn local-offset [seconds]
  "Give the local offset at a time since 1970, as far as the system knows it."
  (try
    (int (.total-seconds (.utcoffset (.astimezone (datetime.datetime.fromtimestamp seconds)))))
    (except [[OverflowError ValueError OSError]]
      0)))

(defn offset-of [offset seconds]
  "Give an offset in seconds and as it is written; of none given the local one."
  (setv text (if (is-list offset) (text-of (elements offset)) None))
  (cond
    (in text #("Z" "z")) #(0 text)
    text #((offset-seconds text) text)
    True (do
           (setv shift (if (is text None)
                           offset
                           (local-offset seconds))
                 [hours minutes] (divmod (// (abs shift) 60) 60))
           #(shift (.format "{}{:02}:{:02}" (if (< shift 0) "-" "+") hours minutes)))))

(defn offset-seconds [text]
  (when (in text "Zz") (return 0))
  (* (if (.startswith text "-") -1 1)
     (+ (* 3600 (int (cut text 1 3))) (* 60 (int (cut text 4 6))))))

(setv WRITTEN (re.compile r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)"))

(defn rfc3339_to_system_time/1 [text]
  "Read `2024-01-31T12:00:00Z` as seconds since 1970."
  (rfc3339_to_system_time/2 text NIL))

(defn rfc3339_to_system_time/2 [text options]
  "Read `2024-01-31T12:00:00.5Z` as a time since 1970; the option is the unit."
  (setv found (when (is-list text) (.fullmatch WRITTEN (or (text-of (elements text)) ""))))
  (when (is found None) (raise (error #((Atom "badmatch") text))))
  (setv [#* numbers fraction zone] (.groups found)
        [year month day #* clock] (map int numbers)
        seconds (datetime_to_gregorian_seconds/1 #(#(year month day) (tuple clock)))
        scale (parts-of-second (.get (options-of options) "unit" (Atom "second")))
        whole (* scale (- seconds EPOCH (offset-seconds zone))))
  (if fraction (+ whole (// (* scale (int fraction)) (** 10 (len fraction)))) whole))
