using Atrium.Kernel.Data;

namespace Atrium.Kernel.Tests.Data;

public class WriteGateTests
{
    [Fact]
    public async Task Writers_go_in_one_by_one_in_order_of_arrival()
    {
        using var gate = new WriteGate();
        var order = new List<int>();
        var first = await gate.EnterAsync(default);
        var waiting = new List<Task>();
        for (var i = 0; i < 50; i++)
        {
            var number = i;
            waiting.Add(WaitAsync(number));
            Assert.Equal(i + 1, gate.Waiting);
        }

        first.Dispose();
        await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 50), order);

        async Task WaitAsync(int number)
        {
            using var pass = await gate.EnterAsync(default);
            order.Add(number);
        }
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_hold_up_those_behind()
    {
        using var gate = new WriteGate();
        var first = await gate.EnterAsync(default);
        using var patience = new CancellationTokenSource();
        var givesUp = gate.EnterAsync(patience.Token).AsTask();
        var behind = gate.EnterAsync(default).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givesUp);
        first.Dispose();
        (await behind).Dispose();
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public async Task Leaving_twice_lets_only_one_in()
    {
        using var gate = new WriteGate();
        var first = await gate.EnterAsync(default);
        first.Dispose();
        first.Dispose();
        using var second = await gate.EnterAsync(default);
        var third = gate.EnterAsync(default).AsTask();
        Assert.False(third.IsCompleted);
    }
}
