using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using SynapseFs.Client.Configuration;
using SynapseFs.Client.Governing;

namespace SynapseFs.Client.Transport;

/// <summary>
/// Sends calls to the service: each try waits its turn at the governor, runs through its service's circuit, and is repeated with
/// decorrelated jitter where <see cref="RetryRule"/> allows it. No turn is held between tries.
/// </summary>
internal sealed class ApiTransport
{
    private static readonly ResiliencePropertyKey<CallProgress> ProgressKey = new("call");

    private readonly Connections _connections;
    private readonly Governor _governor;
    private readonly SynapseSettings _settings;
    private readonly SynapseClientOptions _options;
    private readonly ClientMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<SynapseService, ServiceCircuit> _circuits;
    private readonly ResiliencePipeline<ApiAnswer> _briefRetries;
    private readonly ResiliencePipeline<ApiAnswer> _otherRetries;

    public ApiTransport(TransportParts parts, SynapseSettings settings, SynapseClientOptions options)
    {
        (_connections, _governor, _meter, _time, _log) = (parts.Connections, parts.Governor, parts.Meter, parts.Time, parts.Log);
        _settings = settings;
        _options = options;
        _circuits = Enum.GetValues<SynapseService>()
            .ToDictionary(service => service, service => new ServiceCircuit(service, options, parts.Reachability, parts.Time));
        // A person should not sit through one long pause.
        _briefRetries = Retries(TimeSpan.FromTicks(Math.Min(options.Patience.LongestDelay.Ticks, TimeSpan.FromSeconds(2).Ticks)));
        _otherRetries = Retries(options.Patience.LongestDelay);
    }

    public async Task<T> SendAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        Read(call, await SendAsync(call, cancellationToken), type);

    /// <exception cref="SynapseException">It is not what it should be.</exception>
    public static T Read<T>(ApiCall call, ApiAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw ApiErrors.Unreadable(call, answer);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw ApiErrors.Unreadable(call, answer);
        }
    }

    /// <summary>Calls that are being tried again.</summary>
    public Struggles Struggles { get; } = new();

    /// <summary>The successful answer.</summary>
    /// <exception cref="SynapseException">Refused, or given up.</exception>
    public async Task<ApiAnswer> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var progress = new CallProgress(call, _time.GetTimestamp());
        // While the service is known to be out of reach nobody waits in line to hear so again; work nobody waits for may.
        if (RetryRule.IsBrief(call.Priority) && _circuits[call.Service].IsOpen)
            throw new SynapseException(SynapseFailure.Offline, "Synapse is out of reach; it is tried again in a moment.");
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(ProgressKey, progress);
            var retries = RetryRule.IsBrief(call.Priority) ? _briefRetries : _otherRetries;
            var answer = await retries.ExecuteAsync(
                static async (inner, state) => await state.Transport.TryAsync(state.Progress, inner.CancellationToken),
                context, (Transport: this, Progress: progress));
            answer = answer with { Attempts = progress.Attempts };
            _circuits[call.Service].Ended(answer);
            if (RetryRule.Judge(answer) == Trouble.Broken)
                throw ApiErrors.Garbled(call, answer);
            return answer.IsSuccess ? answer : throw ApiErrors.FromAnswer(call, answer, _settings.Token);
        }
        catch (Exception e) when (
            e is not SynapseException && !cancellationToken.IsCancellationRequested && RetryRule.Judge(e) != Trouble.None)
        {
            throw ApiErrors.FromException(call, e, progress.Attempts);
        }
        finally
        {
            Struggles.End(progress);
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<ApiAnswer> TryAsync(CallProgress progress, CancellationToken cancellationToken)
    {
        var call = progress.Call;
        using var slot = await _governor.EnterAsync(call.Priority, cancellationToken);
        progress.Body ??= call.Body?.Invoke();
        if (call.HasBody && progress.Body is null)
            return ApiAnswer.NotSent;
        return await _circuits[call.Service].TryAsync(call.Priority, token => SendOnceAsync(progress, token), cancellationToken);
    }

    private async Task<ApiAnswer> SendOnceAsync(CallProgress progress, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        progress.Attempts++;
        _meter.Call(progress.Call.Service);
        var answer = await _connections.SendAsync(progress.Call, progress.Body, cancellationToken);
        if (answer.Status == 429)
            _meter.Throttled(progress.Call.Service);
        Log.CallAnswered(_log, progress.Call.Method.Method, progress.Call.Route, answer.Status,
            (long)_time.GetElapsedTime(begun).TotalMilliseconds);
        return answer;
    }

    private ResiliencePipeline<ApiAnswer> Retries(TimeSpan longestDelay) =>
        new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions<ApiAnswer>
        {
            // Time decides, not a number.
            MaxRetryAttempts = 10_000,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = _options.Patience.FirstDelay,
            MaxDelay = longestDelay,
            ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Context, args.Outcome)),
            OnRetry = args =>
            {
                var progress = args.Context.Properties.GetValue(ProgressKey, null!);
                var call = progress.Call;
                _meter.Retry(call.Service);
                if (args.Outcome.Result is not { Status: 429 })
                    Struggles.Set(progress, $"{call.Method.Method} {call.Route} fails: {Describe(args.Outcome)}");
                Log.CallRetried(_log, call.Method.Method, call.Route, Describe(args.Outcome), args.AttemptNumber + 2,
                    (long)args.RetryDelay.TotalMilliseconds);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private bool ShouldRetry(ResilienceContext context, Outcome<ApiAnswer> outcome)
    {
        if (context.CancellationToken.IsCancellationRequested)
            return false;
        var progress = context.Properties.GetValue(ProgressKey, null!);
        var trouble = outcome.Exception is { } exception ? RetryRule.Judge(exception) : RetryRule.Judge(outcome.Result!);
        if (progress.Call.IsOnce && trouble != Trouble.Throttled)
            return false;
        // A person who looks at ten things waits once.
        if (trouble == Trouble.Unavailable && RetryRule.IsBrief(progress.Call.Priority) && _circuits[progress.Call.Service].IsFailing)
            return false;
        return _time.GetElapsedTime(progress.Begun) < RetryRule.Patience(trouble, progress.Call.Priority, _options.Patience);
    }

    private static string Describe(Outcome<ApiAnswer> outcome) =>
        outcome.Exception is { } exception ? ErrorText.Of(exception)
            : outcome.Result!.IsSuccess ? "the answer is garbled or cut short"
            : outcome.Result!.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
