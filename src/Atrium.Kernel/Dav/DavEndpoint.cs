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
    public const string Classes = "1, 3, calendar-access, extended-mkcol";

    private const string Paths = "/dav/{**path}";

    private static readonly string[] Reading = ["OPTIONS", "GET", "HEAD", "PROPFIND", "REPORT"];
    private static readonly string[] Writing = ["PUT", "DELETE", "MOVE", "COPY", "MKCOL", "MKCALENDAR", "PROPPATCH"];

    public static void Map(IEndpointRouteBuilder app)
    {
        Ask(app.MapMethods(Paths, Reading, HandleAsync), "dav:read");
        Ask(app.MapMethods(Paths, Writing, HandleAsync), "dav:write");

        // The methods we do not answer too: routing would refuse them with an Allow of all we know, whoever asks.
        Ask(app.Map(Paths, HandleAsync), "dav:read");
        app.Map("/.well-known/caldav", (HttpContext http) =>
        {
            http.Response.Headers.Location = DavPath.Root;
            http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            http.Response.ContentLength = 0;
        }).AllowAnonymous().AllowCrossSite().ExcludeFromDescription().Rate(RateClass.Dav);
    }

    public static bool IsReading(string method) => !Writing.Contains(method, StringComparer.OrdinalIgnoreCase);

    private static void Ask(RouteHandlerBuilder endpoint, string scope) => endpoint
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
        "PROPPATCH" => DavLists.PatchAsync(call),
        _ => Unanswered(call),
    };

    private static Task Unanswered(DavCall call)
    {
        // Whether there is anything at all is said first.
        _ = call.Path;
        throw new DavFault(405, null, "That method is not answered here.");
    }

    private static async Task TellAsync(DavCall call, DavFault fault)
    {
        if (fault.Status == StatusCodes.Status405MethodNotAllowed) call.Response.Headers.Allow = string.Join(", ", await DavOptions.AllowedAsync(call));
        await fault.WriteAsync(call.Http);
    }

    private static string Client(Actor actor) => actor.Client is "web" ? "caldav" : actor.Client;
}
