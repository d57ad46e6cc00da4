using System.Net;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Tests;

public class IdempotencyTests(KernelHouse house)
{
    private static int _number = 20_000_000;
    private readonly Caller _caller = house.Stranger();

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_one_effect()
    {
        var (number, key) = New();
        var first = (await PostAsync(key, number)).Ok();
        var second = (await PostAsync(key, number)).Ok();
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Headers["Idempotent-Replayed"]);
        Assert.Equal(1, await CountAsync(number));
    }

    [Fact]
    public async Task Another_body_under_a_used_key_is_refused()
    {
        var (number, key) = New();
        (await PostAsync(key, number)).Ok();
        (await PostAsync(key, New().Number)).Refuses(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
    }

    [Fact]
    public async Task Twenty_at_once_with_one_key_do_it_once()
    {
        var (number, key) = New();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(key, number)));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.Refuses(HttpStatusCode.Conflict, "in_flight"));
        Assert.Contains(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(1, await CountAsync(number));
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free()
    {
        var (number, key) = New();
        (await PostAsync(key, -1)).Is(HttpStatusCode.UnprocessableEntity);
        (await PostAsync(key, number)).Ok();
    }

    [Fact]
    public async Task What_was_done_but_not_answered_is_never_done_again()
    {
        var (number, key) = New();
        (await PostAsync(key, number, "/lost")).Is(HttpStatusCode.InternalServerError);
        (await PostAsync(key, number, "/lost")).Refuses(HttpStatusCode.Conflict, "in_flight");
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
            var earlier = db.Now.AddMinutes(-3);
            Assert.Equal(1, await db.IdempotentAnswers.Where(a => a.CarriedOut && a.Status == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.CreatedAt, earlier)));
        }

        (await PostAsync(key, number, "/lost")).Refuses(HttpStatusCode.Conflict, "answer_lost");
        Assert.Equal(1, await CountAsync(number));
    }

    private static (int Number, string Key) New()
    {
        var number = Interlocked.Increment(ref _number);
        return (number, $"key-{number}");
    }

    private Task<Answer> PostAsync(string key, int number, string path = "") => _caller.PostAsync("/api/ledger/entries" + path, new { number }, ("Idempotency-Key", key));

    private Task<int> CountAsync(int number) => house.WithDbAsync(db => db.Entries.CountAsync(e => e.Number == number));
}
