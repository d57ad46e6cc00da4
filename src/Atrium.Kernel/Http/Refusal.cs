namespace Atrium.Kernel;

/// <summary>The ways the house says no. Each edge renders them in its own tongue.</summary>
public enum RefusalKind
{
    /// <summary>It is not there, or the caller may not know that it is. 404.</summary>
    NotFound,

    /// <summary>Nobody is signed in, or the token is worthless. 401.</summary>
    SignIn,

    /// <summary>The caller may see it, but not do this. 403.</summary>
    Forbidden,

    /// <summary>What was sent cannot be accepted. 422, or 400 where it cannot even be read.</summary>
    Invalid,

    /// <summary>It cannot be done as things stand. 409.</summary>
    Conflict,

    /// <summary>What the caller edited has changed since. 412.</summary>
    Stale,

    /// <summary>A change needs If-Match. 428.</summary>
    PreconditionRequired,

    /// <summary>It was there. 410.</summary>
    Gone,

    /// <summary>Larger than allowed. 413.</summary>
    TooLarge,

    /// <summary>Too often. 429.</summary>
    TooMany,

    /// <summary>Not now; try again. 503.</summary>
    Unavailable,
}

/// <summary>One field, and what is wrong with it, in words.</summary>
/// <param name="Field">The field as the request names it; empty for the whole.</param>
public sealed record FieldError(string Field, string Message, string Code = "invalid");

/// <summary>Thrown by features to say no. Carries a stable <see cref="Code"/> for programs and words for people.</summary>
public sealed class Refusal : Exception
{
    private Refusal(RefusalKind kind, string code, string message) : base(message) => (Kind, Code) = (kind, code);

    public RefusalKind Kind { get; }

    /// <summary>Stable, snake_case: what a program tests for.</summary>
    public string Code { get; }

    public IReadOnlyList<FieldError> Fields { get; private init; } = [];

    /// <summary>Extra members of the problem document, such as the current state.</summary>
    public IReadOnlyDictionary<string, object?> Facts { get; private init; } = new Dictionary<string, object?>();

    public TimeSpan? RetryAfter { get; private init; }

    public static Refusal NotFound(string message = "There is nothing here, or it is not shared with you.") => new(RefusalKind.NotFound, "not_found", message);

    public static Refusal SignIn(string message = "Sign in first.") => new(RefusalKind.SignIn, "sign_in", message);

    public static Refusal Forbidden(string message = "You may not do that here.", string code = "forbidden") => new(RefusalKind.Forbidden, code, message);

    public static Refusal Invalid(string field, string message, string code = "invalid") =>
        new(RefusalKind.Invalid, code, message) { Fields = [new(field, message, code)] };

    public static Refusal Invalid(IReadOnlyList<FieldError> fields) =>
        new(RefusalKind.Invalid, fields is [var only] ? only.Code : "invalid", fields is [var one] ? one.Message : $"{fields.Count} things to put right.") { Fields = fields };

    public static Refusal Conflict(string code, string message) => new(RefusalKind.Conflict, code, message);

    public static Refusal Stale(string message = "Not saved: it changed since you opened it.", string code = "stale_revision") => new(RefusalKind.Stale, code, message);

    public static Refusal PreconditionRequired() => new(RefusalKind.PreconditionRequired, "if_match_required", "Send If-Match with the revision you edited.");

    public static Refusal Gone(string code, string message) => new(RefusalKind.Gone, code, message);

    public static Refusal TooLarge(string message) => new(RefusalKind.TooLarge, "too_large", message);

    public static Refusal TooMany(TimeSpan retryAfter, string message = "Too many requests. Wait a little.") =>
        new(RefusalKind.TooMany, "too_many", message) { RetryAfter = retryAfter };

    public static Refusal Unavailable(TimeSpan? retryAfter = null, string message = "Busy just now. Try again in a moment.") =>
        new(RefusalKind.Unavailable, "unavailable", message) { RetryAfter = retryAfter };

    /// <summary>The same refusal with another fact in its problem document.</summary>
    public Refusal With(string fact, object? value) => new(Kind, Code, Message)
    {
        Fields = Fields,
        RetryAfter = RetryAfter,
        Facts = new Dictionary<string, object?>(Facts) { [fact] = value },
    };
}
