;; Erlang's calendar, as used at the prompt.

;;; Days are counted from the year 0
(calendar:date_to_gregorian_days #(0 1 1))
;=> 0
(calendar:date_to_gregorian_days 2024 1 1)
;=> 739251
(calendar:gregorian_days_to_date 739251)
;=> #(2024 1 1)
(calendar:day_of_the_week 2024 2 29)
;=> 4
(calendar:is_leap_year 1900)
;=> false
(calendar:last_day_of_the_month 2024 2)
;=> 29
(calendar:valid_date #(2023 2 29))
;=> false
(calendar:iso_week_number #(2024 12 30))
;=> #(2025 1)
(calendar:iso_week_number #(2021 1 3))
;=> #(2020 53)

;;; Seconds are counted from the year 0
(calendar:datetime_to_gregorian_seconds #(#(2024 1 1) #(12 30 15)))
;=> 63871331415
(calendar:gregorian_seconds_to_datetime 63871331415)
;=> #(#(2024 1 1) #(12 30 15))
(calendar:time_to_seconds #(1 2 3))
;=> 3723
(calendar:seconds_to_time 3723)
;=> #(1 2 3)
(calendar:seconds_to_daystime -1)
;=> #(-1 #(23 59 59))
(calendar:time_difference #(#(2024 1 1) #(0 0 0)) #(#(2024 1 2) #(1 0 0)))
;=> #(1 #(1 0 0))
(calendar:now_to_datetime #(1700 0 0))
;=> #(#(2023 11 14) #(22 13 20))
(calendar:system_time_to_universal_time 1700000000 'second)
;=> #(#(2023 11 14) #(22 13 20))

;;; Times are written and read as RFC 3339 has them
(calendar:system_time_to_rfc3339 1700000000 '(#(offset "Z")))
;=> "2023-11-14T22:13:20Z"
(calendar:system_time_to_rfc3339 1700000000123 '(#(unit millisecond) #(offset "+02:00")))
;=> "2023-11-15T00:13:20.123+02:00"
(calendar:system_time_to_rfc3339 1700000000 '(#(offset 3600) #(time_designator 32)))
;=> "2023-11-14 23:13:20+01:00"
(calendar:rfc3339_to_system_time "2023-11-14T22:13:20Z")
;=> 1700000000
(calendar:rfc3339_to_system_time "2023-11-14T22:13:20.123+02:00" '(#(unit millisecond)))
;=> 1699992800123

;;; What is no date is an error
(calendar:date_to_gregorian_days 2024 2 31)
;=> ** exception error: no if clause matching
(calendar:last_day_of_the_month 2023 13)
;=> ** exception error: no function clause matching
;=>   in (calendar : last_day_of_the_month1 2023 13)
(calendar:seconds_to_time 90000)
;=> ** exception error: no function clause matching
;=>   in (calendar : seconds_to_time 90000)
(calendar:gregorian_days_to_date -1)
;=> ** exception error: no function clause matching
;=>   in (calendar : day_to_year -1)
(calendar:is_leap_year 'a)
;=> ** exception error: no function clause matching
;=>   in (calendar : is_leap_year a)
(calendar:rfc3339_to_system_time "garbage")
;=> ** exception error: no match of value "garbage"

;;; Days, weeks and clocks
(calendar:day_of_the_week #(2024 2 29))
;=> 4
(calendar:day_of_the_week 2024 2 29)
;=> 4
(calendar:iso_week_number #(2021 1 3))
;=> #(2020 53)
(tuple_size (calendar:iso_week_number))
;=> 2
(tuple_size (calendar:local_time))
;=> 2
(tuple_size (calendar:universal_time))
;=> 2
(calendar:now_to_universal_time #(1000 0 0))
;=> #(#(2001 9 9) #(1 46 40))
(calendar:now_to_datetime #(1000 0 0))
;=> #(#(2001 9 9) #(1 46 40))
(calendar:system_time_to_rfc3339 0 '(#(offset "Z")))
;=> "1970-01-01T00:00:00Z"
(calendar:system_time_to_universal_time 86400 'second)
;=> #(#(1970 1 2) #(0 0 0))
(calendar:system_time_to_rfc3339 1000 '(#(offset 3600)))
;=> "1970-01-01T01:16:40+01:00"
(calendar:rfc3339_to_system_time "1970-01-01T01:00:00+01:00")
;=> 0
(calendar:local_time_to_universal_time_dst (calendar:universal_time_to_local_time #(#(2024 1 1) #(0 0 0))))
;=> (#(#(2024 1 1) #(0 0 0)))
