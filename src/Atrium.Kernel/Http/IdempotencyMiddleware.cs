using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Http;

/// <summary>
/// Answers a POST that carries <c>Idempotency-Key</c> once: the same key and body get the same answer for 24 hours, another body
/// 422, one still under way 409. After a crash between the change and its answer, 409 <c>answer_lost</c>.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next)
{
    private const string Header = "Idempotency-Key";
    private const int LargestKept = 1024 * 1024;
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    public async Task InvokeAsync(HttpContext context, CurrentActor current, KernelDb db)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.StartsWithSegments("/api") || context.GetEndpoint()?.Metadata.GetMetadata<KeepsIdempotency>() is not null)
        {
            await next(context);
            return;
        }

        if (key.Length > 255) throw Refusal.Invalid(Header, "A key is at most 255 characters.");
        var ct = context.RequestAborted;
        context.Request.EnableBuffering();
        var caller = current.Actor.MemberId?.ToString() ?? current.Actor.Client + current.Actor.Address;
        var stored = RandomKey.Hash($"{caller}\n{context.Request.Path}\n{key}");
        var body = Base64Url.EncodeToString(await SHA256.HashDataAsync(context.Request.Body, ct));
        context.Request.Body.Position = 0;

        if (await BeginAsync(db, stored, body, ct) is { } before)
        {
            await ReplayAsync(context, before, body, db.Now);
            return;
        }

        context.Features.Set(new KeyedRequest(stored));
        await AnswerAsync(context, db, stored);
    }

    private static async Task<IdempotentAnswer?> BeginAsync(KernelDb db, string key, string body, CancellationToken ct)
    {
        var now = db.Now;
        await db.IdempotentAnswers.Where(a => a.Key == key && (a.CreatedAt < now.AddHours(-24) || (a.Status == null && !a.CarriedOut && a.CreatedAt < now - Abandoned))).ExecuteDeleteAsync(ct);
        try
        {
            db.IdempotentAnswers.Add(new() { Key = key, RequestHash = body, CreatedAt = now });
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (UniqueViolation)
        {
            db.ChangeTracker.Clear();
            return await db.IdempotentAnswers.FirstOrDefaultAsync(a => a.Key == key, ct) ?? throw Refusal.Conflict("in_flight", "The first request with this key is still under way.");
        }
    }

    private static async Task ReplayAsync(HttpContext context, IdempotentAnswer before, string body, DateTimeOffset now)
    {
        if (before.RequestHash != body) throw Refusal.Invalid(Header, "This key was used with another body.", "idempotency_mismatch");
        if (before.Status is null && before.CarriedOut && before.CreatedAt < now - Abandoned)
            throw Refusal.Conflict("answer_lost", "The first request with this key was carried out, but its answer was lost. Look at what is there before you send it anew.");
        if (before.Status is not { } status) throw Refusal.Conflict("in_flight", "The first request with this key is still under way.");
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = before.ContentType;
        if (before.Location is not null) response.Headers.Location = before.Location;
        if (before.ETag is not null) response.Headers.ETag = before.ETag;
        response.Headers["Idempotent-Replayed"] = "true";
        if (before.Body is { Length: > 0 }) await response.Body.WriteAsync(before.Body, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, KernelDb db, string key)
    {
        var real = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        try
        {
            await next(context);
        }
        catch
        {
            // A refusal that changed nothing: the key may be used again.
            context.Response.Body = real;
            await db.IdempotentAnswers.Where(a => a.Key == key && !a.CarriedOut).ExecuteDeleteAsync(CancellationToken.None);
            throw;
        }

        context.Response.Body = real;
        var response = context.Response;
        var bytes = copy.ToArray();
        if (response.StatusCode < 500 && bytes.Length <= LargestKept)
        {
            string? location = response.Headers.Location, etag = response.Headers.ETag;
            int? status = response.StatusCode;
            var type = response.ContentType;
            await db.IdempotentAnswers.Where(a => a.Key == key).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Status, status).SetProperty(a => a.ContentType, type).SetProperty(a => a.Location, location)
                    .SetProperty(a => a.ETag, etag).SetProperty(a => a.Body, bytes),
                CancellationToken.None);
        }

        await real.WriteAsync(bytes, context.RequestAborted);
    }
}
