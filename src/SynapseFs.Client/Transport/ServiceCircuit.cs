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

    private readonly ResiliencePipeline _pipeline;
    private readonly SynapseClientOptions _options;
    private readonly TimeProvider _time;
    private volatile Break? _break;
    private volatile bool _isFailing;

    public ServiceCircuit(SynapseService service, SynapseClientOptions options, Reachability reachability, TimeProvider time)
    {
        _options = options;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Two such failures, however many calls went well shortly before: a healthy network hardly has one.
                FailureRatio = 0.01,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(60),
                BreakDurationGenerator = args =>
                    ValueTask.FromResult(options.BreakDuration * Math.Min(1 << Math.Min(args.HalfOpenAttempts, 2), 4)),
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && RetryRule.Judge(e) == Trouble.OutOfReach),
                OnOpened = args =>
                {
                    _break = new Break(time.GetTimestamp(), args.BreakDuration);
                    reachability.Set(service, ErrorText.Of(args.Outcome.Exception));
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    _break = null;
                    reachability.Set(service, null);
                    return ValueTask.CompletedTask;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(args.Context.Properties.GetValue(TimeKey, options.AttemptTimeout)),
            })
            .Build();
    }

    /// <summary>Tries would fail without being sent.</summary>
    // Polly's own state stays "open" until somebody tries, so it cannot tell whether a try is due.
    public bool IsOpen => _break is { } current && _time.GetElapsedTime(current.Since) < current.Lasting;

    /// <summary>
    /// Whether the last call that ended was given up because the service answers that it cannot (5xx): further ones need not find that out
    /// with patience of their own. It is tried with each of them.
    /// </summary>
    public bool IsFailing => _isFailing;

    /// <summary>A call ended with this.</summary>
    public void Ended(ApiAnswer answer) => _isFailing = RetryRule.Judge(answer) == Trouble.Unavailable;

    public async Task<ApiAnswer> TryAsync(RequestPriority priority, Func<CancellationToken, Task<ApiAnswer>> send,
        CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(TimeKey,
                RetryRule.IsBrief(priority) ? _options.InteractiveAttemptTimeout : _options.AttemptTimeout);
            return await _pipeline.ExecuteAsync(static async (inner, act) => await act(inner.CancellationToken), context, send);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private sealed record Break(long Since, TimeSpan Lasting);
}
