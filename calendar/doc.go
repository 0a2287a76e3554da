// Package calendar answers what day it is in a Vietnamese office and what the
// office does on it: the lunar calendar, the days that are worked, deadlines,
// the weekly schedule and its conflicts.
//
// # Lunar days
//
// A lunar day (ngày âm lịch) is a [Lunar]: year, month, day and whether the
// month is a leap one. What makes it hard is that a lunar day is not a matter
// of arithmetic: a month begins on the day in Hà Nội on which the moon is new,
// so at another longitude the same rules give another calendar, and Tết of
// 1985 was a month before the Chinese one. The table behind [LunarOf] is
// therefore computed from the motion of sun and moon at UTC+7 and from nothing
// else; go generate computes it anew, and a test compares.
//
// The calendar at UTC+7 binds from 1968 on (Quyết định 121-CP of 08/8/1967,
// grade S). What held before, and in the South until 1975, is a question of
// history: see [Regime]. Some months to come begin so close to midnight that
// nobody can say the day yet: see [Lunar.Uncertain].
//
// # Working days
//
// No rule can compute which days are worked. The law fixes most holidays
// ([Holidays]); the five days of Tết, the day beside 02/9 and the Saturdays
// worked in exchange are announced each year. A [WorkCalendar] is therefore the
// law with official notices over it: [Vietnam] ships those of 2018 to 2026,
// [WorkCalendar.With] takes yours. A year without a notice is computed and
// every day of it says that it is provisional; [WorkCalendar.OpenQuestions]
// names what nobody knows yet. A [Deadline] counts days or working days as the
// Civil Code does and explains every day it skipped.
//
// # The weekly schedule
//
// A unit files a [Registration], the office accepts, moves or declines it with
// a reason; what is accepted is an [Entry] of a [WeekSchedule], which is drafted,
// approved, published and from then on only amended, each time with its
// difference. Its steps are pure functions of a value; a [Planner] runs them in
// a [Store]. Schedules are published with overlaps, and a leader may well mean
// to be in two places: so [Conflicts] finds every clash of person, room or
// vehicle and [Findings] tells it as a warning, never as a refusal.
//
// Times are half-open: a meeting that ends at 9:00 and one that begins at 9:00
// do not clash.
package calendar
