using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

public class QueryTests(TasksHouse house)
{
    /// <summary>The eight rows of RFC 4791, 9.9, about the tenth to the twentieth of March 2027.</summary>
    [Theory]
    [InlineData("DTSTART:20270309T120000Z|DURATION:P1D", true)]
    [InlineData("DTSTART:20270308T120000Z|DURATION:PT1H", false)]
    [InlineData("DTSTART:20270301T120000Z|DUE:20270311T120000Z", true)]
    [InlineData("DTSTART:20270301T120000Z|DUE:20270305T120000Z", false)]
    [InlineData("DTSTART:20270315T120000Z", true)]
    [InlineData("DTSTART:20270325T120000Z", false)]
    [InlineData("DUE:20270315T120000Z", true)]
    [InlineData("DUE:20270305T120000Z", false)]
    [InlineData("DUE:20270325T120000Z", false)]
    [InlineData("COMPLETED:20270315T120000Z|CREATED:20270301T120000Z", true)]
    [InlineData("COMPLETED:20270305T120000Z|CREATED:20270301T120000Z", false)]
    [InlineData("COMPLETED:20270315T120000Z", true)]
    [InlineData("COMPLETED:20270325T120000Z", false)]
    [InlineData("CREATED:20270301T120000Z", true)]
    [InlineData("CREATED:20270325T120000Z", false)]
    [InlineData("SUMMARY:nothing else", true)]
    [InlineData("DUE;VALUE=DATE:20270315", true)]
    [InlineData("DUE:20270315T120000", true)]
    [InlineData("DUE;VALUE=DATE:20260315|RRULE:FREQ=YEARLY", true)]
    [InlineData("DUE;VALUE=DATE:20260401|RRULE:FREQ=YEARLY", false)]
    [InlineData("DUE;VALUE=DATE:19700315|RRULE:FREQ=DAILY", true)]
    public async Task A_range_finds_what_the_table_says(string lines, bool expected)
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        (await phone.PutAsync(list + "1.ics", Phone.Todo("1", lines.Split('|')))).Ok();
        var found = (await phone.QueryAsync(list, "<c:comp-filter name='VTODO'><c:time-range start='20270310T000000Z' end='20270320T000000Z'/></c:comp-filter>")).Data();
        Assert.Equal(expected, found.Count == 1);
    }

    [Fact]
    public async Task Texts_parameters_absence_and_open_ranges_are_asked()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        (await phone.PutAsync(list + "a.ics", Phone.Todo("a", "SUMMARY;LANGUAGE=de:Über den Zaun", "CATEGORIES:Garden", "DUE:20270315T120000Z", "BEGIN:VALARM", "TRIGGER:-PT15M", "ACTION:DISPLAY", "END:VALARM"))).Ok();
        (await phone.PutAsync(list + "b.ics", Phone.Todo("b", "SUMMARY:Cut\\, then mow", "STATUS:COMPLETED", "COMPLETED:20270101T000000Z"))).Ok();
        async Task Is(string filter, params string[] names) => Assert.Equal(names, (await phone.QueryAsync(list, $"<c:comp-filter name='VTODO'>{filter}</c:comp-filter>")).Data().Keys.Order());

        await Is("", "a.ics", "b.ics");
        await Is("<c:prop-filter name='COMPLETED'><c:is-not-defined/></c:prop-filter>", "a.ics");
        await Is("<c:prop-filter name='STATUS'><c:text-match negate-condition='yes'>COMPLETED</c:text-match></c:prop-filter>");
        await Is("<c:prop-filter name='SUMMARY'><c:text-match>CUT, THEN</c:text-match></c:prop-filter>", "b.ics");
        await Is("<c:prop-filter name='SUMMARY'><c:text-match collation='i;octet'>CUT</c:text-match></c:prop-filter>");
        await Is("<c:prop-filter name='SUMMARY'><c:text-match>über</c:text-match></c:prop-filter>");
        await Is("<c:prop-filter name='SUMMARY'><c:text-match collation='i;unicode-casemap'>über</c:text-match></c:prop-filter>", "a.ics");
        await Is("<c:prop-filter name='SUMMARY'><c:param-filter name='LANGUAGE'><c:text-match>de</c:text-match></c:param-filter></c:prop-filter>", "a.ics");
        await Is("<c:prop-filter name='SUMMARY'><c:param-filter name='LANGUAGE'><c:is-not-defined/></c:param-filter></c:prop-filter>", "b.ics");
        await Is("<c:prop-filter name='CATEGORIES'><c:text-match>garden</c:text-match></c:prop-filter>", "a.ics");
        await Is("<c:comp-filter name='VALARM'/>", "a.ics");
        await Is("<c:comp-filter name='VALARM'><c:is-not-defined/></c:comp-filter>", "b.ics");
        await Is("<c:comp-filter name='VALARM'><c:time-range start='20270315T110000Z' end='20270315T120000Z'/></c:comp-filter>", "a.ics");
        await Is("<c:time-range start='20270310T000000Z'/>", "a.ics");
        await Is("<c:time-range end='20270201T000000Z'/>", "b.ics");
        Assert.Empty((await phone.QueryAsync(list, "<c:comp-filter name='VEVENT'/>")).Data());

        var part = (await phone.QueryAsync(list, "<c:comp-filter name='VTODO'><c:prop-filter name='CATEGORIES'/></c:comp-filter>",
            "<c:calendar-data><c:comp name='VCALENDAR'><c:prop name='VERSION'/><c:comp name='VTODO'><c:prop name='SUMMARY'/><c:prop name='UID' novalue='yes'/></c:comp></c:comp></c:calendar-data>")).Data()["a.ics"];
        Assert.Equal("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:\r\nSUMMARY;LANGUAGE=de:Über den Zaun\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", part);
    }
}
