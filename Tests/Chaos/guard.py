"""Programs that end though nobody made them."""
import threading
import time


class Guard:
    """Notices programs that end though nobody made them, and starts them again, as a service manager does."""

    def __init__(self, cluster, troubles):
        self.cluster, self.troubles = cluster, troubles
        self.ended = []
        self.is_stopping = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.is_stopping:
            for program in [self.cluster.broker] + self.cluster.programs:
                with self.troubles.lock:
                    is_own_end = program.has_ended and program.name not in self.troubles.under_way
                if is_own_end:
                    self.ended.append(f"{program.name}, {program.process.returncode}: {program.said(600)}")
                    program.start()
            time.sleep(0.2)

    def stop(self):
        self.is_stopping = True
        self.thread.join()
