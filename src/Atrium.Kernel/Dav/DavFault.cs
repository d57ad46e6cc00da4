using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Dav;

/// <summary>A refusal in WebDAV's tongue: a status and the precondition or postcondition that failed (RFC 4918, 16).</summary>
public sealed class DavFault(int status, XElement? condition, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The element inside <c>DAV:error</c>.</summary>
    public XElement? Condition { get; } = condition;

    /// <summary>Whether anybody changed it, or made it, meanwhile. 412.</summary>
    public static DavFault Stale() => new(412, null, "It changed since you read it.");

    public static DavFault NotFound() => new(404, null, "There is nothing here, or it is not shared with you.");

    public static DavFault Bad(string message) => new(400, null, message);

    /// <summary>A precondition of RFC 4918 and its family. 403 unless said.</summary>
    public static DavFault Dav(string condition, string message, int status = 403, params object[] content) => new(status, new(DavNames.D + condition, content), message);

    /// <summary>A precondition of RFC 4791.</summary>
    public static DavFault Cal(string condition, string message, int status = 403, params object[] content) => new(status, new(DavNames.C + condition, content), message);

    /// <summary>The caller lacks a privilege on a resource (RFC 3744, 7.1.1).</summary>
    public static DavFault Lacks(string privilege, string href, string message = "You may read this list, not change it.") => Dav(
        "need-privileges", message, 403,
        new XElement(DavNames.D + "resource", new XElement(DavNames.D + "href", href), new XElement(DavNames.D + "privilege", new XElement(DavNames.D + privilege))));

    /// <summary>Answers with the precondition, and words: an empty 412 makes some clients stop in silence.</summary>
    internal Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var error = new XElement(DavNames.D + "error", new XAttribute(XNamespace.Xmlns + "d", DavNames.D), new XAttribute(XNamespace.Xmlns + "c", DavNames.C));
        if (Condition is not null) error.Add(Condition);
        error.Add(new XElement(DavNames.A + "message", Message));
        return DavBody.WriteAsync(http, Status, error);
    }
}
