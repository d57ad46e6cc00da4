using System.Xml.Linq;

namespace Atrium.Kernel.Dav;

/// <summary>The XML namespaces of WebDAV and CalDAV.</summary>
public static class DavNames
{
    /// <summary>RFC 4918 and its family.</summary>
    public static readonly XNamespace D = "DAV:";

    /// <summary>RFC 4791.</summary>
    public static readonly XNamespace C = "urn:ietf:params:xml:ns:caldav";

    /// <summary>calendarserver.org's extensions.</summary>
    public static readonly XNamespace Cs = "http://calendarserver.org/ns/";

    /// <summary>Apple's.</summary>
    public static readonly XNamespace Ic = "http://apple.com/ns/ical/";

    /// <summary>Ours: words for people in errors.</summary>
    public static readonly XNamespace A = "urn:atrium:dav";
}
