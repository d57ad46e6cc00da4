using System.Text.Json;
using Atrium.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Atrium.Kernel.Http;

/// <summary>Renders refusals where a person reads them. The web platform implements it.</summary>
public interface IRefusalPages
{
    Task RenderAsync(HttpContext context, Refusal refusal, int status);
}

/// <summary>Turns what was thrown into an answer in the tongue of the edge; a fault of ours becomes a plain 500.</summary>
internal sealed partial class RefusalMiddleware(RequestDelegate next, ILogger<RefusalMiddleware> log, IEnumerable<IRefusalTongue> tongues, IRefusalPages? pages = null)
{
    private readonly IRefusalTongue[] _tongues = [.. tongues];

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await RenderAsync(context, FromStatus(context.Response.StatusCode), context.Response.StatusCode);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            if (Translate(e) is { } refusal)
            {
                await RenderAsync(context, refusal, Problem.StatusOf(refusal, unreadable: e is BadHttpRequestException));
                return;
            }

            LogFault(e, context.Request.Method, context.Request.Path);
            await RenderAsync(context, null, StatusCodes.Status500InternalServerError);
        }
    }

    private static Refusal? Translate(Exception e) => e switch
    {
        Refusal refusal => refusal,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusal.TooLarge("What was sent is larger than this address takes."),
        BadHttpRequestException { InnerException: JsonException json } => Refusal.Invalid(json.Path ?? "", $"Not readable as JSON of the shape this address takes, at {json.Path ?? "the start"}.", "unreadable"),
        BadHttpRequestException bad => Refusal.Invalid("", bad.Message, "unreadable"),
        InvalidDataException bad => Refusal.Invalid("", bad.Message, "unreadable"),
        UniqueViolation => Refusal.Conflict("already_there", "Somebody made the same thing a moment ago."),
        SqliteException { SqliteErrorCode: 5 or 6 } => Refusal.Unavailable(TimeSpan.FromSeconds(2)),
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable } => Refusal.Unavailable(TimeSpan.FromSeconds(1)),
        NpgsqlException { IsTransient: true } => Refusal.Unavailable(TimeSpan.FromSeconds(5)),
        { InnerException: { } inner } when e is not AggregateException => Translate(inner),
        _ => null,
    };

    private static Refusal? FromStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Refusal.SignIn(),
        StatusCodes.Status403Forbidden => Refusal.Forbidden(),
        StatusCodes.Status404NotFound => Refusal.NotFound(),
        StatusCodes.Status413PayloadTooLarge => Refusal.TooLarge("What was sent is larger than this address takes."),
        StatusCodes.Status415UnsupportedMediaType => Refusal.Invalid("", "That content type is not taken here.", "unsupported_media_type"),
        StatusCodes.Status405MethodNotAllowed => Refusal.Invalid("", "That method is not answered here.", "method_not_allowed"),
        StatusCodes.Status400BadRequest => Refusal.Invalid("", "The request cannot be read.", "unreadable"),
        _ => null,
    };

    private async Task RenderAsync(HttpContext context, Refusal? refusal, int status)
    {
        var allow = context.Response.Headers.Allow;
        var authenticate = context.Response.Headers.WWWAuthenticate;
        // Who is refused wants to know what is left, above all who asked too often.
        var left = context.Response.Headers.Where(h => h.Key.StartsWith("X-RateLimit-", StringComparison.OrdinalIgnoreCase)).ToList();
        context.Response.Clear();
        foreach (var (name, value) in left) context.Response.Headers[name] = value;
        context.Response.Headers.Allow = allow;
        context.Response.Headers.WWWAuthenticate = authenticate;
        context.Response.Headers.CacheControl = "no-store";
        if (refusal?.RetryAfter is { } wait) context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString();

        if (_tongues.FirstOrDefault(t => t.Speaks(context.Request)) is { } tongue)
        {
            await tongue.WriteAsync(context, refusal, status);
            return;
        }

        refusal ??= status >= 500 ? Refusal.Unavailable(message: "Something went wrong on our side. It was written down.") : Refusal.Invalid("", "The request cannot be answered.");
        if (pages is not null && IsForAPerson(context.Request)) await pages.RenderAsync(context, refusal, status);
        else await Problem.WriteAsync(context, refusal, status);
    }

    private static bool IsForAPerson(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFault(Exception e, string method, string path);
}
