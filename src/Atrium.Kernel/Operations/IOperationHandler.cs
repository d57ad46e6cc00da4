namespace Atrium.Kernel.Operations;

/// <summary>Carries out operations of one kind. May run again from the start after a crash: make each step repeatable.</summary>
public interface IOperationHandler
{
    /// <summary>The kind it carries out: <c>tasks.import</c>.</summary>
    string Kind { get; }

    /// <summary>Does the work; returns the result as JSON for the page and the API.</summary>
    /// <exception cref="Refusal">Fails the operation with the refusal's words.</exception>
    Task<string?> RunAsync(Operation operation, OperationProgress progress, CancellationToken ct);
}
