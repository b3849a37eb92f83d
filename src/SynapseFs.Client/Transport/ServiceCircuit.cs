using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace SynapseFs.Client.Transport;

/// <summary>
/// Guards the tries at one service: each has its time, and once the service is found out of reach, tries fail at once for a while.
/// Only failures to connect or to get any answer open it; a broken connection or a 503 shows that something is there.
/// </summary>
internal sealed class ServiceCircuit
{
    private static readonly ResiliencePropertyKey<TimeSpan> TimeKey = new("time");

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly SynapseClientOptions _options;

    public ServiceCircuit(SynapseService service, SynapseClientOptions options, Reachability reachability, TimeProvider time)
    {
        _options = options;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Two such failures, however many calls went well shortly before: a healthy network hardly has one.
                FailureRatio = 0.01,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(60),
                BreakDurationGenerator = args => ValueTask.FromResult(options.BreakDuration * Math.Min(1 << Math.Min(args.HalfOpenAttempts, 2), 4)),
                StateProvider = _state,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && RetryRule.Judge(e) == Trouble.OutOfReach),
                OnOpened = args => Tell(reachability, service, ErrorText.Of(args.Outcome.Exception)),
                OnClosed = _ => Tell(reachability, service, null),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(args.Context.Properties.GetValue(TimeKey, options.AttemptTimeout)),
            })
            .Build();
    }

    /// <summary>Tries would fail without being sent.</summary>
    public bool IsOpen => _state.CircuitState is CircuitState.Open or CircuitState.Isolated;

    public async Task<ApiAnswer> TryAsync(RequestPriority priority, Func<CancellationToken, Task<ApiAnswer>> send, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(TimeKey, priority == RequestPriority.Interactive ? _options.InteractiveAttemptTimeout : _options.AttemptTimeout);
            return await _pipeline.ExecuteAsync(static async (inner, act) => await act(inner.CancellationToken), context, send);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ValueTask Tell(Reachability reachability, SynapseService service, string? problem)
    {
        reachability.Set(service, problem);
        return ValueTask.CompletedTask;
    }
}
