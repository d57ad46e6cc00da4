using System.Text;
using Atrium.Kernel.Ical;
using NodaTime;
using Xunit;

namespace Atrium.Kernel.Tests.Ical;

public class IcalSeriesTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void A_wall_time_stays_across_the_change_of_the_clock()
    {
        var found = Between("VEVENT", "DTSTART;TZID=Europe/Berlin:20270301T090000|DURATION:PT1H|RRULE:FREQ=WEEKLY|EXDATE;TZID=Europe/Berlin:20270322T090000|RDATE:20270402T100000Z", (2027, 3, 14), (2027, 4, 6));
        Assert.Equal(["20270315T080000Z", "20270329T070000Z", "20270402T100000Z", "20270405T070000Z"], found);
    }

    [Fact]
    public void A_daily_rule_of_long_ago_is_not_walked_from_its_beginning() =>
        Assert.Equal(["20270301T080000Z", "20270302T080000Z"], Between("VTODO", "DUE:19000101T080000Z|RRULE:FREQ=DAILY", (2027, 3, 1), (2027, 3, 3)).Where(d => d != "20270303T080000Z"));

    [Fact]
    public void No_request_expands_without_end() =>
        Assert.Equal(IcalSeries.MostInstances, Series("VEVENT", "DTSTART:20270101T000000Z|RRULE:FREQ=HOURLY").Between(Instant.FromUtc(2027, 1, 1, 0, 0), Instant.FromUtc(2037, 1, 1, 0, 0)).Count());

    [Fact]
    public void A_rule_of_minutes_is_kept_and_not_expanded() =>
        Assert.Single(Between("VEVENT", "DTSTART:20270301T000000Z|RRULE:FREQ=MINUTELY", (2027, 3, 1), (2027, 3, 2)));

    [Theory]
    [InlineData("W. Europe Standard Time", "20270301T080000Z")]
    [InlineData("/freeassociation.sourceforge.net/Europe/Berlin", "20270301T080000Z")]
    [InlineData("America/Argentina/Ushuaia", "20270301T120000Z")]
    public void Zones_are_found_by_any_of_their_names(string tzid, string utc) =>
        Assert.Equal([utc], Between("VEVENT", $"DTSTART;TZID={tzid}:20270301T090000|DURATION:PT1H", (2027, 3, 1), (2027, 3, 2)));

    [Fact]
    public void A_zone_nobody_knows_is_what_its_definition_says()
    {
        var zone = "BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0630\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\n"
            + "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0630\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
        Assert.Equal(["20270301T033000Z"], Between("VEVENT", "DTSTART;TZID=Mine:20270301T090000|DURATION:PT1H", (2027, 3, 1), (2027, 3, 2), zone));
        Assert.Equal(["20270701T023000Z"], Between("VEVENT", "DTSTART;TZID=Mine:20270701T090000|DURATION:PT1H", (2027, 7, 1), (2027, 7, 2), zone));
    }

    private static List<string> Between(string component, string lines, (int Y, int M, int D) from, (int Y, int M, int D) to, string before = "")
    {
        var series = Series(component, lines, before);
        return [.. series.Between(Instant.FromUtc(from.Y, from.M, from.D, 0, 0), Instant.FromUtc(to.Y, to.M, to.D, 0, 0))
            .Select(i => series.Zones.InstantOf((i.At("DTSTART") ?? i.At("DUE"))!.Value, Berlin)).Order().Select(i => IcalTime.Utc(i.ToDateTimeOffset()))];
    }

    private static IcalSeries Series(string component, string lines, string before = "")
    {
        var text = $"BEGIN:VCALENDAR\r\n{before}BEGIN:{component}\r\nUID:1\r\n{lines.Replace("|", "\r\n", StringComparison.Ordinal)}\r\nEND:{component}\r\nEND:VCALENDAR\r\n";
        return new(IcalDocument.Parse(Encoding.UTF8.GetBytes(text)).Components.Single(), component, Berlin);
    }
}
