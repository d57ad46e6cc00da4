using System.Text;
using Atrium.Kernel.Ical;
using CsCheck;
using Xunit;

namespace Atrium.Kernel.Tests.Ical;

public class IcalDocumentTests
{
    [Theory]
    [InlineData("BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n")]
    [InlineData("BEGIN:VCALENDAR\nX:1\n folded\n\tagain\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\rX:1\rEND:VCALENDAR\r")]
    [InlineData("\uFEFFBEGIN:VCALENDAR\r\n\r\nno colon here\r\n;;;:\r\nX;A=\"b;c:d\";E=f,\"g\":h:i\r\n\r\nEND:VCALENDAR\r\n\r\n")]
    [InlineData("begin:vcalendar\r\nbegin:vtodo\r\nsummary:x\r\nend:vtodo\r\nend:vcalendar\r\n")]
    [InlineData("BEGIN:VCALENDAR\r\nX:1\r\n \r\n \r\nEND:VCALENDAR\r\n ")]
    public void What_is_read_is_written_back_octet_for_octet(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        Assert.Equal(octets, IcalDocument.Parse(octets).ToBytes());
    }

    [Fact]
    public void A_fold_may_stand_anywhere_even_inside_a_character()
    {
        var plain = Encoding.UTF8.GetBytes("SUMMARY;X-P=ü:Paint 🎨 the fence – now");
        Gen.Int[1, plain.Length - 1].List[0, 6].Sample(cuts =>
        {
            var folded = new List<byte>();
            for (var i = 0; i < plain.Length; i++)
            {
                if (cuts.Contains(i)) folded.AddRange(i % 2 == 0 ? "\r\n "u8.ToArray() : "\n\t"u8.ToArray());
                folded.Add(plain[i]);
            }

            byte[] octets = [.. "BEGIN:VTODO\r\n"u8, .. folded, .. "\r\nEND:VTODO\r\n"u8];
            var document = IcalDocument.Parse(octets);
            Assert.Equal(octets, document.ToBytes());
            var line = document.Components.Single().Line("SUMMARY")!;
            Assert.Equal(("Paint 🎨 the fence – now", "ü"), (line.Text, line.Parameter("X-P")));
        });
    }

    [Fact]
    public void Any_octets_are_refused_or_given_back() => Gen.Select(Gen.Byte.Array[0, 60], Gen.String).Sample((noise, text) =>
    {
        byte[] octets = [.. "BEGIN:VCALENDAR\r\n"u8, .. noise, .. Encoding.UTF8.GetBytes(text), .. "\r\nEND:VCALENDAR\r\n"u8];
        try
        {
            Assert.Equal(octets, IcalDocument.Parse(octets).ToBytes());
        }
        catch (IcalFault)
        {
            // Noise may happen to close what it did not open.
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("BEGIN:VCALENDAR\r\n")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nEND:VCALENDAR\r\nEND:VTODO\r\n")]
    [InlineData("END:VCALENDAR\r\n")]
    public void What_is_no_calendar_is_refused(string text) => Assert.Throws<IcalFault>(() => IcalDocument.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Depth_is_bounded() => Assert.Throws<IcalFault>(() => IcalDocument.Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("BEGIN:A\r\n", 50)) + string.Concat(Enumerable.Repeat("END:A\r\n", 50)))));

    [Fact]
    public void A_patch_changes_one_line_and_no_other_octet()
    {
        var document = IcalDocument.Parse("BEGIN:VTODO\nB:odd\n  fold\nSUMMARY;LANGUAGE=en:old\nA:1\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM\nEND:VTODO\n"u8.ToArray());
        var todo = document.Components.Single();
        todo.SetText("SUMMARY", "new, " + new string('ä', 60));
        todo.Set("PRIORITY", "1");
        todo.Remove("A");
        var text = Encoding.UTF8.GetString(document.ToBytes());
        Assert.StartsWith("BEGIN:VTODO\nB:odd\n  fold\nSUMMARY;LANGUAGE=en:new\\, ä", text);
        Assert.EndsWith("\nPRIORITY:1\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM\nEND:VTODO\n", text);
        Assert.All(text.Split('\n'), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= IcalText.LineOctets));
        Assert.Equal("new, " + new string('ä', 60), IcalDocument.Parse(document.ToBytes()).Components.Single().Line("SUMMARY")!.Text);
    }

    [Fact]
    public void Text_is_escaped_and_read_back() => Gen.String.Where(s => !s.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) && !s.Any(char.IsSurrogate)).Sample(text =>
        Assert.Equal(text, IcalText.Unescape(IcalText.Escape(text))));

    [Theory]
    [InlineData("a,b\\,c,d\\;e", "a|b,c|d;e")]
    [InlineData("", "")]
    [InlineData("one\\nline,two", "one\nline|two")]
    public void Lists_are_cut_at_commas_that_are_not_escaped(string value, string parts) => Assert.Equal(parts.Split('|'), IcalText.Split(value));

    [Theory]
    [InlineData("-PT15M", -900)]
    [InlineData("P1W", 604_800)]
    [InlineData("P1DT2H3M4S", 93_784)]
    [InlineData("+P2D", 172_800)]
    [InlineData("PT0S", 0)]
    public void Durations_are_read(string text, int seconds)
    {
        Assert.Equal(seconds, IcalDuration.Parse(text)!.Value.TotalSeconds);
        Assert.Equal(seconds, IcalDuration.Parse(IcalDuration.Write(seconds))!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("1D")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("P1DT")]
    [InlineData("P99999999999D")]
    public void What_is_no_duration_is_none(string text) => Assert.Null(IcalDuration.Parse(text));
}
