namespace SynapseFs.Core;

/// <summary>Tasks that somebody has to wait for in the end; one that is done is forgotten.</summary>
internal sealed class RunningTasks
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _tasks = [];

    public void Add(Task task)
    {
        if (task.IsCompletedSuccessfully)
            return;
        lock (_lock)
            _tasks.Add(task);
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for those that run now.</summary>
    public async Task WhenIdleAsync()
    {
        Task[] tasks;
        lock (_lock)
            tasks = [.. _tasks];
        await Task.WhenAll(tasks);
    }

    private void Forget(Task task)
    {
        lock (_lock)
            _tasks.Remove(task);
    }
}
