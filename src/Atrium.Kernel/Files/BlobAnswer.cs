using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Atrium.Kernel.Files;

/// <summary>
/// A file over HTTP: one range or all of it (RFC 9110, 14), its hash as ETag, cached for good, never sniffed and never run: what could carry
/// a script is a download, and everything lies in a sandbox.
/// </summary>
/// <param name="tag">Names the bytes: a hash, and the form where it is one.</param>
/// <param name="open">Opens all of it or a stretch; null when it is gone.</param>
/// <param name="shared">Everyone may see it, so caches between may keep it, and pages of any site show it: apps of the browser live elsewhere.</param>
public sealed class BlobAnswer(
    string tag, long length, string contentType, string? fileName, bool shared, Func<ByteRange?, CancellationToken, Task<Stream?>> open, bool download = false) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var etag = new EntityTagHeaderValue($"\"{tag}\"");
        WriteHeaders(response, etag);

        var asked = request.GetTypedHeaders();
        if (asked.IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(etag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var range = Range(asked, etag, out var unsatisfiable);
        if (unsatisfiable)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");
            return;
        }

        var ct = httpContext.RequestAborted;
        await using var content = await open(range, ct) ?? throw Refusal.NotFound();
        response.ContentType = contentType == "text/plain" ? "text/plain; charset=utf-8" : contentType;
        response.ContentLength = range?.Length ?? length;
        if (range is { } r)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {r.From}-{r.From + r.Length - 1}/{length}");
        }

        if (HttpMethods.IsHead(request.Method)) return;
        try
        {
            await content.CopyToAsync(response.Body, 64 * 1024, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // A player that jumped elsewhere.
        }
    }

    private void WriteHeaders(HttpResponse response, EntityTagHeaderValue etag)
    {
        var headers = response.Headers;
        headers.ETag = etag.ToString();
        headers.AcceptRanges = "bytes";
        headers.CacheControl = shared ? "public, max-age=31536000, immutable" : "private, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = shared ? "cross-origin" : "same-site";
        if (shared) headers.AccessControlAllowOrigin = "*";
        var disposition = new ContentDispositionHeaderValue(!download && FileKind.IsInline(contentType) ? "inline" : "attachment");
        if (fileName is not null) disposition.SetHttpFileName(fileName);
        headers.ContentDisposition = disposition.ToString();
    }

    private ByteRange? Range(RequestHeaders asked, EntityTagHeaderValue etag, out bool unsatisfiable)
    {
        unsatisfiable = false;
        // Several ranges at once are answered whole, as a server may; an If-Range of another version asks for all.
        if (asked.Range is not { Ranges: { Count: 1 } ranges } range || !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)) return null;
        if (asked.IfRange is { } condition && !(condition.EntityTag?.Compare(etag, useStrongComparison: true) ?? false)) return null;

        var (from, to) = (ranges.First().From, ranges.First().To);
        var start = from ?? Math.Max(0, length - (to ?? 0));
        var end = from is null ? length - 1 : Math.Min(to ?? (length - 1), length - 1);
        unsatisfiable = start >= length || end < start;
        return unsatisfiable ? null : new(start, end - start + 1);
    }
}
