using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Atrium.Kernel.Outbound;

/// <summary>What came back, whole and within its cap.</summary>
/// <param name="Address">Where it came from in the end, after redirects.</param>
/// <param name="Body">Decompressed.</param>
public sealed record OutboundAnswer(HttpStatusCode Status, Uri Address, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The media type, lower case, without parameters; empty when none was sent.</summary>
    public string MediaType => ContentHeaders.ContentType?.MediaType?.ToLowerInvariant() ?? "";

    /// <summary>The body as text, in the charset it declares; UTF-8 otherwise.</summary>
    public string Text()
    {
        var charset = ContentHeaders.ContentType?.CharSet?.Trim('"');
        Encoding encoding;
        try
        {
            encoding = string.IsNullOrEmpty(charset) ? Encoding.UTF8 : Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            encoding = Encoding.UTF8;
        }

        using var reader = new StreamReader(new MemoryStream(Body), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
