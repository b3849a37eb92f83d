using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Http;

/// <summary>The outermost step: gives the request its <see cref="ServiceCall"/>, answers refusals, writes the request log.</summary>
internal sealed class Recorder(RequestLog log, ServerClock time, ILogger logger)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var call = new ServiceCall(http);
        http.Features.Set(call);
        var when = time.GetUtcNow();
        var started = time.GetTimestamp();
        var cut = false;
        if (time.Skew != TimeSpan.Zero)
        {
            http.Response.Headers.Date = when.ToString("R", CultureInfo.InvariantCulture);
        }

        log.Begin();
        try
        {
            await AnswerAsync(call, next);
            cut = call.IsCut && !http.Response.HasStarted;
            if (!call.IsCut)
            {
                await http.Response.CompleteAsync();
            }
        }
        catch (Exception gone) when (
            gone is OperationCanceledException or ConnectionAbortedException or IOException or InvalidOperationException
            && (call.IsCut || http.RequestAborted.IsCancellationRequested))
        {
            cut = !http.Response.HasStarted;
        }
        finally
        {
            log.Add(Describe(call, when, time.GetElapsedTime(started), cut));
        }
    }

    private async Task AnswerAsync(ServiceCall call, RequestDelegate next)
    {
        var http = call.Http;
        try
        {
            await next(http);
            if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
            {
                throw new ServiceException(ServiceError.MethodNotAllowed, $"Request method '{http.Request.Method}' not supported");
            }
        }
        catch (ServiceException refused) when (!http.Response.HasStarted)
        {
            await call.ErrorAsync(refused);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            var error = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? ServiceError.TooLarge : ServiceError.BadRequest;
            await call.ErrorAsync(new ServiceException(error, bad.Message));
        }
        catch (Exception failure) when (!call.IsCut && !http.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, failure, http.Request.Method, http.Request.Path.Value ?? "");
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            await call.ErrorAsync(DiskSpace.IsUsedUp(failure)
                ? ServiceException.NoSpace()
                : new ServiceException(ServiceError.Unexpected, "Server Error. Error logged."));
        }
    }

    private LoggedRequest Describe(ServiceCall call, DateTimeOffset when, TimeSpan duration, bool cut)
    {
        var http = call.Http;
        var route = http.GetEndpoint()?.Metadata.GetMetadata<ServiceRoute>();
        var path = http.Request.Path.Value ?? "";
        return new LoggedRequest
        {
            Number = log.NextNumber(),
            When = when,
            Service = route?.Service ?? Doors.Of(path),
            Method = http.Request.Method,
            Route = route?.Pattern ?? path,
            Path = path,
            Status = cut ? 0 : http.Response.StatusCode,
            BytesSent = call.BytesSent,
            BytesReceived = call.BytesReceived,
            DownloadEvents = call.DownloadEvents,
            PrincipalId = call.IsIdentified ? call.Caller.Id : null,
            Duration = duration,
        };
    }
}
