using System.Xml.Linq;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Dav;

/// <summary><c>/dav/</c> and <c>/.well-known/caldav</c> (RFC 6764): one address space for the lists of all modules.</summary>
internal static class DavEndpoint
{
    /// <summary>What we claim in the DAV header.</summary>
    private const string Classes = "1, 3, calendar-access, extended-mkcol";

    private static readonly string[] Reading = ["OPTIONS", "GET", "HEAD", "PROPFIND", "REPORT"];
    private static readonly string[] Writing = ["PUT", "DELETE", "MOVE", "COPY", "MKCOL", "MKCALENDAR", "PROPPATCH"];

    public static void Map(IEndpointRouteBuilder app)
    {
        Map(app, Reading, "dav:read");
        Map(app, Writing, "dav:write");
        app.Map("/.well-known/caldav", (HttpContext http) =>
        {
            http.Response.Headers.Location = DavPath.Root;
            http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            http.Response.ContentLength = 0;
        }).AllowAnonymous().AllowCrossSite().ExcludeFromDescription().Rate(RateClass.Dav);
    }

    private static void Map(IEndpointRouteBuilder app, string[] methods, string scope) => app.MapMethods("/dav/{**path}", methods, HandleAsync)
        .RequireAuthorization().AcceptAppPasswords().WithMetadata(new NeedsScope(scope)).Rate(RateClass.Dav).ExcludeFromDescription().DisableAntiforgery();

    private static async Task HandleAsync(HttpContext http, Actor actor)
    {
        var call = new DavCall(http, actor with { Client = Client(actor) });
        http.Response.Headers["DAV"] = Classes;
        try
        {
            actor.Demand();
            await DavIf.DemandAsync(call);
            await DispatchAsync(call);
        }
        catch (DavFault fault) when (!http.Response.HasStarted)
        {
            await TellAsync(call, fault);
        }
        catch (Refusal refusal) when (!http.Response.HasStarted && refusal.Kind != RefusalKind.SignIn)
        {
            if (refusal.RetryAfter is { } wait) http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await TellAsync(call, DavRefusals.Of(refusal, http.Request.Path));
        }
        catch (UniqueViolation) when (!http.Response.HasStarted)
        {
            await TellAsync(call, new(409, null, "Somebody made the same thing a moment ago."));
        }
    }

    private static Task DispatchAsync(DavCall call) => call.Request.Method.ToUpperInvariant() switch
    {
        "OPTIONS" => DavOptions.HandleAsync(call),
        "PROPFIND" => DavPropfind.HandleAsync(call),
        "REPORT" => DavReports.HandleAsync(call),
        "GET" or "HEAD" => DavObjects.GetAsync(call),
        "PUT" => DavObjects.PutAsync(call),
        "DELETE" => DavObjects.DeleteAsync(call),
        "MOVE" or "COPY" => DavMoves.HandleAsync(call),
        "MKCALENDAR" or "MKCOL" => DavLists.MakeAsync(call),
        _ => DavLists.PatchAsync(call),
    };

    /// <summary>Every no has a body with its precondition, and words; an empty 412 makes some clients stop in silence.</summary>
    private static async Task TellAsync(DavCall call, DavFault fault)
    {
        if (fault.Status == 405) call.Response.Headers.Allow = string.Join(", ", await DavOptions.AllowedAsync(call));
        call.Response.Headers.CacheControl = "no-store";
        var error = new XElement(DavNames.D + "error", new XAttribute(XNamespace.Xmlns + "d", DavNames.D), new XAttribute(XNamespace.Xmlns + "c", DavNames.C));
        if (fault.Condition is not null) error.Add(fault.Condition);
        error.Add(new XElement(DavNames.A + "message", fault.Message));
        if (HttpMethods.IsHead(call.Request.Method)) call.Response.StatusCode = fault.Status;
        else await call.WriteAsync(fault.Status, error);
    }

    private static string Client(Actor actor) => actor.Client is "web" ? "caldav" : actor.Client;
}
