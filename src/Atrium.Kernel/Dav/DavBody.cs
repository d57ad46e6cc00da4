using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Dav;

/// <summary>Reads what was sent and writes small answers: gzip and deflate are undone; size, time, XML depth and DTDs are bounded.</summary>
internal static class DavBody
{
    public const int XmlBytes = 1024 * 1024;
    private const int XmlDepth = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = XmlBytes,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The octets; null when there are more than <paramref name="most"/>.</summary>
    /// <exception cref="DavFault">415 for an encoding we do not know, 408 when it takes too long, 400 when it cannot be inflated.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.Headers.ContentEncoding.Count == 0 && request.ContentLength > most) return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var plain = Inflated(request);
        await using var owned = ReferenceEquals(plain, request.Body) ? null : plain;
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await plain.ReadAsync(buffer, patience.Token)) > 0)
            {
                if (kept.Length + read > most) return null;
                kept.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            throw DavFault.Bad("The body is not what its Content-Encoding says.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DavFault(408, null, "The body did not come in time.");
        }

        return kept.ToArray();
    }

    /// <summary>The body as XML; null when it is empty.</summary>
    public static async Task<XElement?> XmlAsync(HttpRequest request, CancellationToken ct)
    {
        var octets = await ReadAsync(request, XmlBytes, ct) ?? throw new DavFault(413, null, "The XML is larger than 1 MiB.");
        if (octets.Length == 0) return null;
        try
        {
            using (var shallow = XmlReader.Create(new MemoryStream(octets), Strict))
            {
                while (shallow.Read())
                    if (shallow.Depth > XmlDepth)
                        throw DavFault.Bad("The XML is nested too deeply.");
            }

            using var reader = XmlReader.Create(new MemoryStream(octets), Strict);
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw DavFault.Bad($"The XML cannot be read: {e.Message}");
        }
    }

    /// <summary>An answer with a small XML body; only its head, where only that was asked for.</summary>
    public static async Task WriteAsync(HttpContext http, int status, XElement body)
    {
        var octets = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + body.ToString(SaveOptions.DisableFormatting));
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml; charset=utf-8";
        http.Response.ContentLength = octets.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(octets, http.RequestAborted);
    }

    private static Stream Inflated(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        var other => throw new DavFault(415, null, $"The encoding “{other}” is not understood here."),
    };
}
