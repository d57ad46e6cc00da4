using System.Diagnostics;
using System.Globalization;
using Atrium.Kernel;
using CsCheck;
using Ical.Net.DataTypes;
using NodaTime;

namespace Atrium.Tasks.Tests;

public sealed class RruleTests
{
    /// <summary>The examples of RFC 5545, 3.8.5.3, with the dates the RFC prints. DTSTART is 1997-09-02 09:00 in New York unless given.</summary>
    public static TheoryData<string, string, string> Examples => new()
    {
        { "FREQ=DAILY;COUNT=10", "1997-09-02", "0902 0903 0904 0905 0906 0907 0908 0909 0910 0911 ." },
        { "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "0902 0912 0922 1002 1012 ." },
        { "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "0902 0916 0930 1014 1028 1111 1125 1209 1223" },
        { "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09-02", "0902 0904 0909 0911 0916 0918 0923 0925 0930 1002 ." },
        { "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02", "0902 0904 0916 0918 0930 1002 1014 1016 ." },
        { "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "0905 1003 1107 1205 19980102 0206 0306 0403 0501 0605 ." },
        { "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07", "0907 0928 1102 1130 19980104 0125 0301 0329 0503 0531 ." },
        { "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "0922 1020 1117 1222 19980119 0216 ." },
        { "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "0928 1029 1128 1229 19980129 0226" },
        { "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30", "0930 1001 1031 1101 1130 1201 1231 19980101 0131 0201 ." },
        { "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09-10", "0910 0911 0912 0913 0914 0915 19990310 0311 0312 0313 ." },
        { "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10", "0610 0710 19980610 0710 19990610 0710 20000610 0710 20010610 0710 ." },
        { "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "1997-03-10", "0310 19990110 0210 0310 20010110 0210 0310 20030110 0210 0310 ." },
        { "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01", "0101 0410 0719 20000101 0409 0718 20030101 0410 0719 20060101 ." },
        { "FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "0519 19980518 19990517" },
        { "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "0512 19980511 19990517" },
        { "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "0313 0320 0327 19980305 0312 0319 0326 19990304" },
        { "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "19980213 0313 1113 19990813 20001013" },
        { "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13", "0913 1011 1108 1213 19980110 0207 0307 0411 0509 0613" },
        { "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05", "19961105 20001107 20041102" },
        { "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "0904 1007 1106 ." },
        { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "0929 1030 1127 1230 19980129 0226 0330" },
        { "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "0805 0810 0819 0824 ." },
        { "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "0805 0817 0819 0831 ." },
        { "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "0115 0130 0215 0315 0330 ." },
        { "FREQ=YEARLY", "2024-02-29", "0229 20280229 20320229" },
        { "FREQ=MONTHLY", "2026-01-31", "0131 0331 0531 0731 0831 1031 1231 20270131" },
        { "FREQ=YEARLY;BYWEEKNO=1", "2027-01-06", "0106 20280105 20290103 20300102" },
        { "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2024-12-30", "1230 20251229 20270104 20280103" },
        { "FREQ=YEARLY;BYMONTHDAY=28,31", "2037-06-28", "0628 0728 0731 0828 0831 0928" },
        { "FREQ=YEARLY;BYYEARDAY=-1", "2023-12-31", "1231 20241231 20251231" },
        { "FREQ=YEARLY", "2096-02-29", "0229 21040229" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_examples_of_the_rfc_come_out_as_printed(string rule, string start, string expected)
    {
        var first = LocalDate.FromDateTime(DateTime.Parse(start, CultureInfo.InvariantCulture)).At(new(9, 0));
        var set = new RecurrenceSet(Rrule.Parse(rule), When.Zoned(first, "America/New_York"), [], []);
        var dates = new List<LocalDate>();
        var ends = false;
        var year = first.Year;
        foreach (var word in expected.Split(' '))
        {
            if (word == ".")
            {
                ends = true;
                continue;
            }

            if (word.Length == 8) year = int.Parse(word[..4], CultureInfo.InvariantCulture);
            dates.Add(new(year, int.Parse(word[^4..^2], CultureInfo.InvariantCulture), int.Parse(word[^2..], CultureInfo.InvariantCulture)));
        }

        var found = set.Upcoming(first.PlusSeconds(-1), dates.Count + (ends ? 1 : 0));

        Assert.Equal(dates, found.Select(w => w.ToDate()));
        Assert.All(found, w => Assert.Equal(new(9, 0), w.ToLocal().TimeOfDay));
    }

    [Theory]
    [InlineData("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000", "09:00 12:00 15:00")]
    [InlineData("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "09:00 09:15 09:30 09:45 10:00 10:15")]
    [InlineData("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "09:00 10:30 12:00 13:30")]
    [InlineData("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;COUNT=5", "09:00 09:20 09:40 10:00 10:20")]
    [InlineData("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10;COUNT=6", "09:00 09:20 09:40 10:00 10:20 10:40")]
    public void Rules_within_a_day_count_hours_and_minutes(string rule, string expected)
    {
        var set = new RecurrenceSet(Rrule.Parse(rule), When.Floating(new(1997, 9, 2, 9, 0)), [], []);
        Assert.Equal(expected, string.Join(' ', set.Upcoming(new(1997, 9, 2, 8, 59), 7).Take(expected.Split(' ').Length).Select(w => w.Local[11..16])));
    }

    [Fact]
    public void Any_rule_agrees_with_an_independent_implementation()
    {
        var some = Gen.Bool;
        var rules = from frequency in Gen.Int[0, 3]
            from interval in Gen.Int[1, 5]
            from count in Gen.Int[0, 30]
            from days in Gen.Int[0, 6].HashSet[0, 3]
            from nth in Gen.OneOf(0, 0, 1, 2, -1)
            from monthDays in Gen.OneOf(1, 13, 15, 28, 29, 30, 31, -1, -5).HashSet[0, 2]
            from months in Gen.Int[1, 12].HashSet[0, 3]
            from setpos in Gen.OneOf(0, 0, 1, 2, -1)
            from sunday in some
            from start in Gen.Int[0, 20_000]
            select Build(frequency, interval, count, days, nth, monthDays, months, setpos, sunday, new LocalDate(1990, 1, 1).PlusDays(start));

        rules.Sample(
            sample =>
            {
                var (text, first) = sample;
                var mine = new RruleWalk(Rrule.Parse(text), first.At(new(8, 30)), null).From(first.At(new(8, 30))).Take(12).Where(d => d.Year < first.Year + 40).ToList();
                var calendarEvent = new Ical.Net.CalendarComponents.CalendarEvent
                {
                    Start = new CalDateTime(first.Year, first.Month, first.Day, 8, 30, 0, null!),
                    RecurrenceRule = new RecurrenceRule(text),
                };
                var theirs = calendarEvent.GetOccurrences(calendarEvent.Start).TakeWhile(o => o.Period.StartTime.Year < first.Year + 40).Take(12)
                    .Select(o => new LocalDateTime(o.Period.StartTime.Year, o.Period.StartTime.Month, o.Period.StartTime.Day, o.Period.StartTime.Hour, o.Period.StartTime.Minute)).ToList();
                Assert.Equal(theirs, mine);
            },
            iter: 1500,
            print: s => s.ToString());

        static (string Rule, LocalDate Start) Build(int frequency, int interval, int count, HashSet<int> days, int nth, HashSet<int> monthDays, HashSet<int> months, int setpos, bool sunday, LocalDate start)
        {
            var codes = new[] { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
            var name = new[] { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" }[frequency];
            var text = $"FREQ={name};INTERVAL={interval}";
            if (sunday) text += ";WKST=SU";
            if (days.Count > 0) text += ";BYDAY=" + string.Join(',', days.Order().Select(d => (frequency >= 2 && nth != 0 ? nth.ToString(CultureInfo.InvariantCulture) : "") + codes[d]));
            // Without BYMONTH the RFC spreads BYMONTHDAY over all months of a year; the other implementation keeps to the first month.
            if (monthDays.Count > 0 && frequency != 1 && nth == 0 && (frequency != 3 || months.Count > 0)) text += ";BYMONTHDAY=" + string.Join(',', monthDays.Order());
            if (months.Count > 0) text += ";BYMONTH=" + string.Join(',', months.Order());
            if (setpos != 0 && text.Contains(";BY", StringComparison.Ordinal)) text += $";BYSETPOS={setpos}";

            // The RFC leaves a first date that is not of the rule undefined, so the two only compare from one that is.
            var first = new RruleWalk(Rrule.Parse(text), start.At(new(8, 30)), null).From(start.At(new(8, 30))).FirstOrDefault();
            if (first == default) return ("FREQ=DAILY", start);
            return (count > 0 ? text + $";COUNT={count}" : text, first.Date);
        }
    }

    [Fact]
    public void A_seek_gives_what_walking_from_the_first_gives()
    {
        var rules = new[]
        {
            "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31",
            "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29", "FREQ=HOURLY;INTERVAL=7", "FREQ=MINUTELY;INTERVAL=50;BYHOUR=9,17", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU",
        };
        Gen.Select(Gen.OneOf(rules), Gen.Int[0, 900], Gen.Int[0, 3650]).Sample(
            (rule, startDay, seekDay) =>
            {
                var start = new LocalDate(2019, 12, 20).PlusDays(startDay).At(new(6, 45));
                var walk = new RruleWalk(Rrule.Parse(rule), start, null);
                var from = start.PlusDays(seekDay).PlusHours(seekDay % 24);
                Assert.Equal(walk.From(start).First(i => i >= from), walk.From(from).First());
            },
            iter: 300);
    }

    [Fact]
    public void A_daily_rule_from_1970_answers_in_microseconds()
    {
        var origin = When.Zoned(new(1970, 1, 1, 7, 0), "Europe/Berlin");
        var set = new RecurrenceSet(Rrule.Parse("FREQ=DAILY"), origin, [], []);
        var weekly = new RecurrenceSet(Rrule.Parse("FREQ=MONTHLY;BYDAY=-1FR"), origin, [], []);
        foreach (var subject in new[] { set, weekly })
        {
            for (var i = 0; i < 2000; i++) subject.Next(new LocalDate(2026, 1, 1).PlusDays(i).At(new(12, 0)));
            var best = double.MaxValue;
            for (var round = 0; round < 5; round++)
            {
                var watch = Stopwatch.GetTimestamp();
                for (var i = 0; i < 2000; i++) subject.Next(new LocalDate(2026, 1, 1).PlusDays(i).At(new(12, 0)));
                best = Math.Min(best, Stopwatch.GetElapsedTime(watch).TotalMicroseconds / 2000);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{best:F2} µs per next instance");
            Assert.True(best < 50, $"{best:F1} µs per next instance");
        }

        Assert.Equal("2026-11-24T07:00:00[Europe/Berlin]", set.Next(new(2026, 11, 23, 18, 0))!.Value.Instance.ToString());
    }

    [Fact]
    public void A_zoned_series_keeps_its_wall_time_across_daylight_saving()
    {
        var set = new RecurrenceSet(Rrule.Parse("FREQ=WEEKLY"), When.Zoned(new(2026, 3, 22, 9, 0), "Europe/Berlin"), [], []);
        var sorts = set.Upcoming(new(2026, 3, 22, 0, 0), 2).Select(w => w.Sort.UtcDateTime.Hour);
        Assert.Equal([8, 7], sorts);
    }

    [Fact]
    public void Extra_and_left_out_dates_join_the_rule()
    {
        var start = When.Date(new(2026, 1, 5));
        var set = new RecurrenceSet(Rrule.Parse("FREQ=WEEKLY;COUNT=4"), start, [When.Date(new(2026, 1, 7))], [When.Date(new(2026, 1, 12))]);
        Assert.Equal(["2026-01-05", "2026-01-07", "2026-01-19", "2026-01-26"], set.Upcoming(new(2026, 1, 1, 0, 0), 9).Select(w => w.ToString()));
        Assert.Equal(4, set.Between(new(2026, 1, 1, 0, 0), new(2027, 1, 1, 0, 0)).Count);
        Assert.True(set.Contains(new(2026, 1, 7, 0, 0)));
        Assert.False(set.Contains(new(2026, 1, 12, 0, 0)));
    }

    [Fact]
    public void Expansion_stops_at_a_thousand()
    {
        var set = new RecurrenceSet(Rrule.Parse("FREQ=HOURLY"), When.Utc(Instant.FromUtc(2026, 1, 1, 0, 0)), [], []);
        Assert.Equal(1000, set.Between(new(2026, 1, 1, 0, 0), new(2030, 1, 1, 0, 0)).Count);
    }

    [Fact]
    public void A_rule_that_never_comes_ends_quickly()
    {
        var watch = Stopwatch.GetTimestamp();
        foreach (var rule in new[] { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=4;BYMONTHDAY=31", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31" })
            Assert.Null(new RruleWalk(Rrule.Parse(rule), new(2026, 2, 1, 9, 0), null).After(new(2026, 2, 1, 9, 0)));
        Assert.True(Stopwatch.GetElapsedTime(watch) < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("INTERVAL=2")]
    [InlineData("FREQ=FORTNIGHTLY")]
    [InlineData("FREQ=3")]
    [InlineData("FREQ=WEEKLY;COUNT=-1")]
    [InlineData("FREQ=WEEKLY;COUNT=2;UNTIL=20300101")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0")]
    [InlineData("FREQ=DAILY;BYSETPOS=1")]
    [InlineData("FREQ=DAILY;FREQ=DAILY")]
    [InlineData("FREQ=DAILY;SKIP=FORWARD")]
    [InlineData("FREQ=WEEKLY;UNTIL=tomorrow")]
    [InlineData("FREQ=WEEKLY;BYWEEKNO=3")]
    public void A_broken_rule_is_refused(string rule) => Assert.Equal("bad_rrule", Assert.Throws<Refusal>(() => Rrule.Parse(rule)).Code);

    [Fact]
    public void A_phones_broken_rule_is_read_without_its_broken_part()
    {
        var (rule, problems) = Rrule.Read("FREQ=WEEKLY;COUNT=-1;BYDAY=MO");
        Assert.Equal("FREQ=WEEKLY;BYDAY=MO", rule!.ToString());
        Assert.Single(problems);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY", "Every week on Monday.")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=5", "Every second week on Monday and Thursday, 5 times.")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday.")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31", "Every month on the 31st. Months without a 31st are skipped.")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day. That is the 28th, 29th, 30th or 31st.")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "Every month on the 1st working day.")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "Every year on the 29th of February. Only leap years have a 29 February; other years are skipped.")]
    [InlineData("FREQ=DAILY;INTERVAL=3;UNTIL=20270503", "Every 3 days, until 3 May 2027.")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every week from Monday to Friday.")]
    public void A_rule_is_said_in_words(string rule, string words) =>
        Assert.Equal(words, RruleWords.Say(Rrule.Parse(rule), When.Date(new(2026, 11, 23))));

    [Fact]
    public void Text_of_a_rule_reads_back_as_itself() =>
        Assert.All(Examples, row => Assert.Equal(Rrule.Parse(row.Data.Item1), Rrule.Parse(Rrule.Parse(row.Data.Item1).ToString())));
}
