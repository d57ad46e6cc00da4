using System.Text;
using System.Xml;
using System.Xml.Linq;
using NodaTime;
using static Atrium.Kernel.Dav.DavNames;

namespace Atrium.Kernel.Dav;

/// <summary>Writes a 207 answer response by response, so that its length costs no memory (RFC 4918, 13).</summary>
internal sealed class DavMultistatus : IDisposable
{
    private const int FlushAt = 32 * 1024;
    private readonly DavCall _call;
    private readonly MemoryStream _buffer = new();
    private readonly XmlWriter _xml;
    private DateTimeZone? _zone;
    private bool _begun;

    public DavMultistatus(DavCall call)
    {
        _call = call;
        _xml = XmlWriter.Create(_buffer, new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize, CheckCharacters = false });
        _xml.WriteStartDocument();
        _xml.WriteStartElement("d", "multistatus", D.NamespaceName);
        _xml.WriteAttributeString("xmlns", "c", null, C.NamespaceName);
        _xml.WriteAttributeString("xmlns", "cs", null, Cs.NamespaceName);
        _xml.WriteAttributeString("xmlns", "ic", null, Ic.NamespaceName);
    }

    /// <summary>The zone in which days and floating times of expanded data are read.</summary>
    public DateTimeZone Zone { get => _zone ?? _call.Zone; set => _zone = value; }

    /// <summary>A resource with what was asked of it.</summary>
    public async Task AddAsync(DavNode node, DavAsked asked)
    {
        if (asked.OnlyNames)
        {
            Begin(node.Href);
            Propstat(200, DavProperties.NamesOf(node).Distinct().Select(n => new XElement(n)));
            await EndAsync();
            return;
        }

        var names = asked.All ? DavProperties.UsualOf(node).Concat(asked.Names).Distinct() : asked.Names;
        List<XElement> found = [];
        List<XElement> missing = [];
        foreach (var name in names)
        {
            if (DavProperties.Of(node, name, _call) is { } property) found.Add(property);
            else missing.Add(new(name));
        }

        var withData = asked.Data is not null && node.Object?.Data is not null;
        if (asked.Data is not null && !withData) missing.Add(new(C + "calendar-data"));
        Begin(node.Href);
        if (found.Count > 0 || withData || missing.Count == 0 || _call.Minimal)
        {
            Propstat(200, found, withData ? () => _xml.WriteElementString("calendar-data", C.NamespaceName, Allowed(asked.Data!.Shape(node.Object!.Data!, Zone))) : null);
        }

        if (missing.Count > 0 && !_call.Minimal) Propstat(404, missing);
        await EndAsync();
    }

    /// <summary>A resource with one status for all of it.</summary>
    public async Task AddAsync(string href, int status, XElement? condition = null)
    {
        Begin(href);
        _xml.WriteElementString("status", D.NamespaceName, Line(status));
        if (condition is not null) new XElement(D + "error", condition).WriteTo(_xml);
        await EndAsync();
    }

    /// <summary>A resource with properties of several statuses.</summary>
    public async Task AddAsync(string href, IEnumerable<(int Status, XElement? Condition, IReadOnlyList<XName> Names)> propstats)
    {
        Begin(href);
        foreach (var (status, condition, names) in propstats)
            if (names.Count > 0)
                Propstat(status, names.Select(n => new XElement(n)), null, condition);
        await EndAsync();
    }

    public void SyncToken(string token) => _xml.WriteElementString("sync-token", D.NamespaceName, token);

    public void Dispose()
    {
        _xml.Dispose();
        _buffer.Dispose();
    }

    /// <summary>Ends the answer. Without it, what was written is thrown away and the fault is told.</summary>
    public async Task CloseAsync()
    {
        _xml.WriteEndElement();
        _xml.WriteEndDocument();
        await FlushAsync();
    }

    private void Begin(string href)
    {
        _xml.WriteStartElement("response", D.NamespaceName);
        _xml.WriteElementString("href", D.NamespaceName, href);
    }

    private async Task EndAsync()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        if (_buffer.Length >= FlushAt) await FlushAsync();
    }

    private void Propstat(int status, IEnumerable<XElement> properties, Action? more = null, XElement? condition = null)
    {
        _xml.WriteStartElement("propstat", D.NamespaceName);
        _xml.WriteStartElement("prop", D.NamespaceName);
        foreach (var property in properties) property.WriteTo(_xml);
        more?.Invoke();
        _xml.WriteEndElement();
        _xml.WriteElementString("status", D.NamespaceName, Line(status));
        if (condition is not null) new XElement(D + "error", condition).WriteTo(_xml);
        _xml.WriteEndElement();
    }

    private async Task FlushAsync()
    {
        // Into memory only: what goes out goes asynchronously.
        _xml.Flush();
        if (!_begun)
        {
            _begun = true;
            _call.Response.StatusCode = 207;
            _call.Response.ContentType = "application/xml; charset=utf-8";
            if (_call.Minimal) _call.Response.Headers["Preference-Applied"] = "return=minimal";
            _call.Response.Headers.Vary = "Brief, Prefer";
        }

        await _call.Response.Body.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), _call.Aborted);
        _buffer.SetLength(0);
    }

    /// <summary>XML has no word for most control characters: they are left out of what is shown in it, not of what is kept.</summary>
    public static string Allowed(string text)
    {
        var bad = false;
        for (var i = 0; i < text.Length && !bad; i++) bad = !IsAllowed(text, ref i);
        if (!bad) return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var from = i;
            if (IsAllowed(text, ref i)) clean.Append(text, from, i - from + 1);
        }

        return clean.ToString();
    }

    private static bool IsAllowed(string text, ref int i)
    {
        if (!char.IsHighSurrogate(text[i])) return XmlConvert.IsXmlChar(text[i]);
        if (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
        i++;
        return true;
    }

    private static string Line(int status) => $"HTTP/1.1 {status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)}";
}
